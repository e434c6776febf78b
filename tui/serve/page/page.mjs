// The page: a terminal, joined to the program by a WebSocket.

import { Terminal } from '/xterm.mjs';
import { FitAddon } from '/fit.mjs';
import { registerWidths } from '/widths.mjs';
import { handleComposition } from '/composition.mjs';

const LONGEST_INPUT = 15 * 1024; // characters of one message: the server takes 64 kB
const ESCAPE = '\x1b[27u'; // the Escape key as the kitty protocol has it: no letter after it makes it Alt
const CLOSED = { 4000: 'ended', 4409: 'elsewhere', 4429: 'full' };
const WORDS = {
  zh: {
    ended: '已退出。', elsewhere: '已在另一个窗口打开。', full: '读者已满，请稍后再来。', lost: '连接断了，正在重连……',
    gone: '没有登录，或服务已停止。', again: '重新打开', here: '在这里读', link: '打开',
  },
  en: {
    ended: 'The program has ended.', elsewhere: 'Opened in another tab.', full: 'All places are taken; try again later.',
    lost: 'The connection is lost; reconnecting …', gone: 'No login, or the server has stopped.', again: 'Open again',
    here: 'Read here', link: 'Open',
  },
};
const words = WORDS[navigator.language.startsWith('zh') ? 'zh' : 'en'];
const dark = matchMedia('(prefers-color-scheme: dark)');
const small = matchMedia('(max-width: 600px)');
const message = document.getElementById('message');

const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const colours = () => ({ background: style('--page'), foreground: style('--text'), cursor: style('--accent') });

/** Show a message over the page, with a button if there is something to do. */
function tell(text, label, act) {
  message.hidden = !text;
  message.firstElementChild.textContent = text;
  const button = message.lastElementChild;
  button.hidden = !label;
  button.textContent = label ?? '';
  button.onclick = act ?? null;
  if (label) button.focus();
}

async function start() {
  const fonts = ['400 16px "ganews mono"', '700 16px "ganews mono"'].map((font) => document.fonts.load(font));
  fonts.push(document.fonts.load('16px "ganews symbols"', '▪').catch(() => [])); // no such font here: as before
  const [ranges] = await Promise.all([fetch('/widths.json').then((answer) => answer.json()), ...fonts]);
  const terminal = new Terminal({
    allowProposedApi: true,
    fontFamily: '"ganews mono", "ganews symbols", "Noto Sans Mono CJK SC", "Source Han Mono SC", "PingFang SC", "Microsoft YaHei", monospace',
    fontSize: small.matches ? 16 : 17,
    fontWeightBold: '700',
    theme: colours(),
    scrollback: 0,
    cursorBlink: false,
    macOptionIsMeta: true,
    linkHandler: { activate: (_event, address) => openAddress(address), allowNonHttpProtocols: false },
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  registerWidths(terminal, ranges);
  terminal.open(document.getElementById('terminal'));
  fit.fit();
  connect(terminal, fit);
}

/** Open an address of web or mail in another tab; where the browser wants a click for that, offer one. */
function openAddress(address) {
  if (!/^(https?|mailto):/i.test(address)) return;
  const open = () => window.open(address, '_blank', 'noopener,noreferrer');
  if (navigator.userActivation?.isActive ?? true) open();
  else tell(address, words.link, () => { open(); tell(''); });
}

function connect(terminal, fit) {
  let socket = null;
  let pause = 250;

  const send = (text) => {
    if (socket?.readyState !== WebSocket.OPEN) return;
    const characters = Array.from(text);
    for (let at = 0; at < characters.length; at += LONGEST_INPUT) {
      socket.send(`i${characters.slice(at, at + LONGEST_INPUT).join('')}`);
    }
  };
  const size = () => `${terminal.cols}x${terminal.rows}`;

  const open = () => {
    tell('');
    let isLive = false;
    socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/socket`);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      terminal.reset();
      socket.send(`s${size()}${dark.matches ? 'd' : 'l'}`);
      terminal.focus();
    };
    socket.onmessage = (event) => {
      isLive = true;
      pause = 250;
      if (typeof event.data !== 'string') terminal.write(new Uint8Array(event.data));
      else if (JSON.parse(event.data).title) document.title = JSON.parse(event.data).title;
    };
    socket.onclose = (event) => {
      const reason = CLOSED[event.code];
      if (reason) tell(words[reason], reason === 'elsewhere' ? words.here : words.again, open);
      else if (!isLive && pause > 8000) tell(words.gone, words.again, () => location.reload());
      else {
        tell(words.lost);
        setTimeout(open, pause);
        pause = Math.min(2 * pause, 10_000);
      }
    };
  };

  const composition = handleComposition(terminal, terminal.textarea, send);
  terminal.attachCustomKeyEventHandler((event) => !composition.owns(event) && !isForBrowser(event, terminal));
  terminal.onData((data) => send(data === '\x1b' ? ESCAPE : data));
  terminal.onBinary(send);
  terminal.onResize(() => { if (socket?.readyState === WebSocket.OPEN) socket.send(`r${size()}`); });
  terminal.onTitleChange((title) => { document.title = title; });
  terminal.parser.registerOscHandler(52, (data) => { copy(data); return true; });
  terminal.parser.registerOscHandler(7750, (data) => { openAddress(data); return true; });
  new ResizeObserver(() => fit.fit()).observe(document.getElementById('terminal'));
  dark.addEventListener('change', () => {
    terminal.options.theme = colours();
    send(`\x1b[?997;${dark.matches ? 1 : 2}n`);
  });
  swipe(terminal, send);
  terminal.onRender(() => paintMargin(terminal));
  const keys = { escape: ESCAPE, slash: '/', enter: '\r' };
  for (const button of document.querySelectorAll('#keys button')) {
    button.onclick = () => { send(keys[button.dataset.keys]); terminal.focus(); };
  }
  globalThis.ganews = { terminal, disconnect: () => socket?.close() }; // for the tests
  open();
}

/** Whether the browser gets the key: copy, paste, reload, its own function keys and zoom. */
function isForBrowser(event, terminal) {
  if (event.type !== 'keydown') return false;
  if (['F5', 'F11', 'F12'].includes(event.key)) return true;
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
  const key = event.key.toLowerCase();
  if (key === 'c') return event.shiftKey || terminal.hasSelection(); // else the program copies
  return ['v', '+', '-', '=', '0'].includes(key) || event.metaKey;
}

/** Give the pixels beside the last column and row the colour of the last cell. */
function paintMargin(terminal) {
  const cell = terminal.buffer.active.getLine(terminal.rows - 1)?.getCell(terminal.cols - 1);
  const colour = cell?.isBgRGB() ? `#${cell.getBgColor().toString(16).padStart(6, '0')}` : '';
  if (document.body.style.background !== colour) document.body.style.background = colour;
}

/** Put what the program copies on the clipboard (OSC 52); a program that asks for the clipboard gets no answer. */
async function copy(data) {
  const [, encoded = '?'] = data.split(';');
  if (encoded === '?') return;
  try {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    await navigator.clipboard.writeText(new TextDecoder().decode(bytes));
  } catch {
    // Not base64, or the browser refuses the clipboard without https.
  }
}

/** A swipe turns the wheel: a step for each row that the finger moves. */
function swipe(terminal, send) {
  const element = document.getElementById('terminal');
  let last = null;
  element.addEventListener('touchstart', (event) => { last = event.touches[0].clientY; }, { passive: true });
  element.addEventListener('touchmove', (event) => {
    const touch = event.touches[0];
    const { top, left, height, width } = element.getBoundingClientRect();
    const [row, column] = [height / terminal.rows, width / terminal.cols];
    const steps = Math.trunc((last - touch.clientY) / row);
    if (!steps || last === null) return;
    last -= steps * row;
    const at = `${1 + Math.floor((touch.clientX - left) / column)};${1 + Math.floor((touch.clientY - top) / row)}`;
    send(`\x1b[<${steps > 0 ? 65 : 64};${at}M`.repeat(Math.abs(steps)));
  }, { passive: true });
}

/** Leave room for a phone's keyboard where the browser lays it over the page. */
function followKeyboard() {
  const view = globalThis.visualViewport;
  view?.addEventListener('resize', () => { document.body.style.height = `${view.height}px`; });
}

followKeyboard();
start();
