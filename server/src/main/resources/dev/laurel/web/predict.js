// What can be asked of one model: the newest prediction of a series, one for a row, one for a vector of features.

import { command, copyOf, element, number } from './dom.js';

const MOST_BARS = 10;
const TYPING_MILLIS = 200;

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
const isOfTwo = (task) => task.labels?.length === 2;

function curl(request) {
  const body = request.body === undefined ? '' : `-d ${quoted(JSON.stringify(request.body))} `;
  return `curl ${body}${quoted(location.origin + request.path)}`;
}

async function send(request) {
  try {
    const response = await fetch(request.path, request.body === undefined
      ? {}
      : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(request.body) });
    return { ok: response.ok, answer: await response.json() };
  } catch (error) {
    return { ok: false, answer: { title: 'The server does not answer' } };
  }
}

function bar(label, probability) {
  const made = document.createElement('li');
  const meter = document.createElement('meter');
  meter.value = probability;
  meter.setAttribute('aria-label', `probability of ${label}`);
  made.append(element('span', label, 'label'), meter, element('span', number(probability)));
  return made;
}

function bars(probabilities) {
  const list = document.createElement('ul');
  list.className = 'bars';
  const all = Object.entries(probabilities);
  const shown = all.length <= MOST_BARS ? all : all.sort((one, other) => other[1] - one[1]).slice(0, MOST_BARS);
  list.append(...shown.map(([label, probability]) => bar(label, probability)));
  if (all.length > shown.length) list.append(element('li', `and ${all.length - shown.length} less probable ones`, 'quiet'));
  return list;
}

/** One prediction, of whichever kind. */
function shownAs(prediction, task) {
  const said = document.createElement('p');
  if (!task.labels) {
    said.append(element('strong', number(prediction.prediction)), ` ${prediction.unit}`);
    return [said];
  }
  said.append(element('strong', prediction.prediction));
  if (!isOfTwo(task)) return [said, bars(prediction.probabilities)];
  said.append(' ', element('span', `probability of ${task.labels[0]} ${number(prediction.confidence)}`, 'quiet'));
  return [said, bars({ [task.labels[0]]: prediction.confidence, [task.labels[1]]: 1 - prediction.confidence })];
}

function json(answer) {
  const made = document.createElement('details');
  made.append(element('summary', 'JSON'), element('pre', JSON.stringify(answer, null, 2)));
  return made;
}

function answered(ok, answer, task) {
  if (!ok) return [element('p', answer.detail || answer.title, 'notice bad')];
  const prediction = answer.predictions ? answer.predictions[0] : answer;
  const basis = prediction.as_of ? `from rows up to ${prediction.as_of}${answer.stale ? ' (stale)' : ''}, ` : '';
  return [...shownAs(prediction, task), element('p', `${basis}by ${answer.version}`, 'quiet'), json(answer)];
}

/**
 * A form with its answer and its command.
 *
 * @param fields what is put into the form
 * @param request what the form asks with this threshold (undefined unless there are two labels); throws where it cannot be asked
 * @param button its words
 */
function asking(task, fields, request, button) {
  const { made, slot } = copyOf('ask');
  const asCommand = command();
  const slider = slot('threshold').querySelector('input');
  let asked = 0;
  let typing;

  const current = () => request(isOfTwo(task) ? slider.valueAsNumber : undefined);
  const say = () => {
    slot('at').textContent = slider.valueAsNumber.toFixed(2);
    try {
      asCommand.say(curl(current()));
    } catch (error) {
      asCommand.say(`# ${error.message}`);
    }
  };
  const ask = async () => {
    const mine = ++asked;
    let said;
    try {
      said = await send(current());
    } catch (error) {
      said = { ok: false, answer: { title: error.message } };
    }
    // An answer to an earlier question may come later.
    if (mine !== asked) return undefined;
    slot('answer').hidden = false;
    slot('answer').replaceChildren(...answered(said.ok, said.answer, task));
    return said.ok;
  };
  /** From now on somebody waits for what comes. */
  const askAloud = () => {
    slot('answer').setAttribute('aria-live', 'polite');
    ask();
  };

  slot('fields').append(...fields);
  // What nothing has to be filled in for stands first.
  if (fields.length === 0) made.prepend(slot('answer'));
  slot('threshold').hidden = !isOfTwo(task);
  slot('button').textContent = button;
  made.append(asCommand.made);
  made.addEventListener('submit', (event) => {
    event.preventDefault();
    say();
    askAloud();
  });
  made.addEventListener('input', say);
  slider.addEventListener('input', () => {
    clearTimeout(typing);
    if (made.checkValidity()) typing = setTimeout(askAloud, TYPING_MILLIS);
  });
  say();
  return { made, ask };
}

function newest(model, task) {
  const request = (threshold) => {
    const query = new URLSearchParams({ model: model.model });
    if (threshold !== undefined) query.set('threshold', threshold);
    return { path: `/predictionForTomorrow?${query}` };
  };
  return asking(task, [], request, 'Ask again');
}

function posted(model, body, threshold) {
  return { path: `/models/${model.model}/predict`, body: threshold === undefined ? body : { ...body, threshold } };
}

function field(model, column) {
  const { made, slot } = copyOf('field');
  const input = slot('input');
  const words = model.row.words[column.name];
  const missing = (model.definition.columns || []).find((each) => each.column === column.name)?.missing;
  slot('name').textContent = column.name;
  input.type = column.type === 'number' ? 'number' : 'text';
  if (column.type === 'number') input.step = 'any';
  input.value = model.row.values[column.name] ?? '';
  input.required = !missing || missing === 'drop';
  if (!input.required) input.placeholder = 'may be empty';
  if (words) {
    slot('words').id = `words-${model.model}-${column.name}`;
    slot('words').append(...words.map((word) => {
      const option = document.createElement('option');
      option.value = word;
      return option;
    }));
    input.setAttribute('list', slot('words').id);
  }
  return { made, input, column };
}

function row(model, task) {
  const fields = model.signature.columns.map((column) => field(model, column));
  const values = () => Object.fromEntries(fields
    .filter(({ input }) => input.value !== '')
    .map(({ input, column }) => [column.name, column.type === 'number' ? input.valueAsNumber : input.value]));
  return asking(
    task,
    fields.map(({ made }) => made),
    (threshold) => posted(model, { rows: [values()] }, threshold),
    'Predict');
}

function vector(model, task) {
  const { made, slot } = copyOf('vector');
  const names = model.signature.features;
  slot('names').textContent = names.join(', ');
  slot('input').value = JSON.stringify(model.example.features[0]);
  const values = () => {
    let list;
    try {
      list = JSON.parse(slot('input').value);
    } catch (error) {
      list = undefined;
    }
    if (!Array.isArray(list)) throw new Error(`features: (expected: ${names.length} numbers in brackets, with commas between them)`);
    return list;
  };
  return asking(task, [made], (threshold) => posted(model, { features: values() }, threshold), 'Predict');
}

/** All that can be asked of a model, put into {@code at}; returns a function that asks for the newest prediction, if it has one. */
export function offer(model, at) {
  const task = model.signature.task;
  const byVector = vector(model, task);
  const first = model.signature.key ? newest(model, task) : model.row ? row(model, task) : byVector;
  const heading = model.signature.key ? 'Newest prediction' : first === byVector ? 'Predict for a vector of features' : 'Predict for a row';
  at.replaceChildren(element('h3', heading), first.made);
  if (first !== byVector) {
    const more = document.createElement('details');
    more.append(element('summary', 'Predict for a vector of features'), byVector.made);
    at.append(more);
  }
  return model.signature.key ? first.ask : async () => true;
}
