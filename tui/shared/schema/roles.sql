-- The roles of archives in this cluster. Run at each init, before the upgrades, as a user who may create roles.
--
--   ganews_reader  searches, reads, and keeps marks: the user's own
--   ganews_editor  also writes articles
--   ganews_admin   owns the tables and applies upgrades
--
-- Each user has a login role of their own, which is a member of one of these and may connect to the database by name.

do $$
declare role text;
begin
  foreach role in array array['ganews_reader', 'ganews_editor', 'ganews_admin'] loop
    if not exists (select from pg_roles where rolname = role) then
      begin
        execute format('create role %I nologin', role);
      exception when duplicate_object or unique_violation then null;  -- another init at the same time
      end;
    end if;
  end loop;
  if not pg_has_role('ganews_editor', 'ganews_reader', 'usage') then grant ganews_reader to ganews_editor; end if;
  if not pg_has_role('ganews_admin', 'ganews_editor', 'usage') then grant ganews_editor to ganews_admin; end if;
  if not pg_has_role(current_user, 'ganews_admin', 'member') then
    execute format('grant ganews_admin to %I', current_user);
  end if;
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to ganews_admin', current_database());
  execute format('grant temporary on database %I to ganews_editor', current_database());
  revoke create on schema public from public;
  grant usage, create on schema public to ganews_admin;
  -- Large objects would let every user store data; revoking that takes a superuser.
  if (select rolsuper from pg_roles where rolname = current_user) then
    revoke execute on function lo_creat(int), lo_create(oid), lo_from_bytea(oid, bytea), lo_open(oid, int),
      lo_put(oid, bigint, bytea), lo_unlink(oid), lowrite(int, bytea), loread(int, int), lo_get(oid),
      lo_get(oid, bigint, int), lo_truncate(int, int), lo_truncate64(int, bigint), lo_import(text), lo_import(text, oid),
      lo_export(oid, text) from public;
  end if;
end $$;
