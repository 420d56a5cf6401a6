// Small parts of the page. Everything from outside is put into it as text, never as markup.

export const byId = (id) => document.getElementById(id);

export function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

export function show(element, text) {
  element.hidden = !text;
  element.textContent = text || '';
}

/** A copy of a template, and how to find its slots. */
export function copyOf(template) {
  const made = byId(template).content.cloneNode(true).firstElementChild;
  return { made, slot: (key) => made.querySelector(`[data-slot="${key}"]`) };
}

/** Four digits behind the point, fewer the more there are before it, and a power of ten for the very large; what is left of a sum that comes to nothing is nothing. */
export function number(value) {
  if (value === undefined || value === null) return '—';
  const size = Math.abs(value);
  if (size < 1e-9) return '0.0000';
  if (size < 0.0001) return value.toPrecision(3);
  if (size >= 1e9) return value.toExponential(3);
  return value.toFixed(size < 10 ? 4 : Math.max(0, 4 - Math.floor(Math.log10(size))));
}

/** A command to copy, with what it says in {@code slot('text')}. */
export function command() {
  const { made, slot } = copyOf('command');
  slot('copy').addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(slot('text').textContent);
      slot('copied').textContent = 'copied';
    } catch (error) {
      // Browsers give the clipboard to pages of https and of this machine only.
      getSelection().selectAllChildren(slot('text'));
      slot('copied').textContent = 'selected';
    }
    setTimeout(() => { slot('copied').textContent = ''; }, 2000);
  });
  return { made, say: (text) => { slot('text').textContent = text; } };
}
