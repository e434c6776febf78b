// The input method. xterm.js reads its textarea a moment after a composition has ended, so that commits without a pause
// between them come twice or not at all, and a key at once after a commit overtakes it. Here every commit is sent from
// the event that carries it, and xterm.js sees none of these events.

/** Send what is composed or typed into `textarea` to `send`, in the order of the events. */
export function handleComposition(terminal, textarea, send) {
  // xterm.js listens on the textarea itself; an element around it hears of the events first.
  const host = textarea.parentElement;
  const shown = document.createElement('span');
  shown.className = 'composition';
  shown.hidden = true;
  host.append(shown);
  let composing = false;
  let isKeyPress = false; // xterm.js sends the text of a key press itself

  const stop = (event) => event.stopImmediatePropagation();
  const empty = () => { textarea.value = ''; };
  const show = (text) => {
    shown.textContent = text;
    shown.hidden = !text;
    if (!text) return;
    const { fontFamily, fontSize } = terminal.options;
    Object.assign(shown.style, {
      left: textarea.style.left, top: textarea.style.top, lineHeight: textarea.style.lineHeight,
      fontFamily, fontSize: `${fontSize}px`,
    });
  };

  host.addEventListener('compositionstart', (event) => {
    stop(event);
    empty();
    composing = true;
  }, true);
  host.addEventListener('compositionupdate', (event) => {
    stop(event);
    show(event.data);
  }, true);
  host.addEventListener('compositionend', (event) => {
    stop(event);
    composing = false;
    show('');
    if (event.data) send(event.data);
    empty();
  }, true);
  host.addEventListener('keydown', () => { isKeyPress = false; }, true);
  host.addEventListener('keypress', () => { isKeyPress = true; }, true);
  host.addEventListener('input', (event) => {
    stop(event);
    if (isKeyPress && event.inputType === 'insertText' && !composing) {
      isKeyPress = false;
      empty();
      return;
    }
    if (composing || event.isComposing || event.inputType === 'insertCompositionText') return;
    if (event.inputType === 'deleteContentBackward') send('\x7f');
    else if (event.inputType === 'insertLineBreak') send('\r');
    else if (event.data && event.inputType !== 'insertFromPaste') send(event.data);
    empty();
  }, true);
  return {
    /** Whether a key belongs to the input method, so that the program must not get it. */
    owns: (event) => composing || event.isComposing || event.keyCode === 229,
  };
}
