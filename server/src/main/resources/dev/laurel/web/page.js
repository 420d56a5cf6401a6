'use strict';

// Everything from outside is put into the page as text, never as markup.

const REFRESH_MILLIS = 2000;
const SIGNS = { raised: '↑', lowered: '↓', removed: '✕', reworded: '·' };
const cards = new Map();
let shown = '';

const byId = (id) => document.getElementById(id);
const short = (commit) => commit.slice(0, 10);
const shortDigest = (digest) => digest.slice(0, 'sha256:'.length + 12);
const moment = (time) => new Date(time).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });

function show(element, text) {
  element.hidden = !text;
  element.textContent = text || '';
}

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function evidenceOf(pin) {
  const evidence = pin.evidence;
  if (!evidence) return `none; promoted by a ${pin.by}: ${pin.reason}`;
  const against = evidence.champion === undefined || evidence.champion === null
    ? 'with no champion before it'
    : `against ${evidence.champion.toFixed(4)} of ${pin.beats}`;
  return `${evidence.metric} ${evidence.challenger.toFixed(4)} ${against}, on ${evidence.rows} rows`;
}

function undoOf(model, clonePath) {
  if (!model.revert) return '';
  return (clonePath ? '' : '# in a clone of the models repository\n') + `git pull && ${model.revert} && git push`;
}

function holdOf(hold) {
  return `On hold: the pin went from ${hold.from} to ${hold.to || 'nothing'} at ${short(hold.commit)}, so automation leaves it alone `
    + `until somebody promotes a version or types: ${hold.release}`;
}

function row(change) {
  const versions = `${change.from || '—'} → ${change.to || '—'}`;
  const made = document.createElement('tr');
  const commit = document.createElement('td');
  commit.append(element('code', short(change.commit)));
  made.append(
    commit,
    element('td', `${SIGNS[change.direction]} ${versions}`, change.direction),
    element('td', change.subject),
    element('td', change.author),
    element('td', moment(change.time)));
  return made;
}

async function ask(query) {
  try {
    const response = await fetch(`/predictionForTomorrow?${query}`);
    return { ok: response.ok, answer: await response.json() };
  } catch (error) {
    return { ok: false, answer: { title: 'The server does not answer' } };
  }
}

async function predict(event, name, slot) {
  event.preventDefault();
  const query = new URLSearchParams({ threshold: event.target.elements.threshold.value, model: name });
  const { ok, answer } = await ask(query);
  slot('answer').hidden = false;
  slot('label').textContent = ok ? answer.prediction : answer.title;
  slot('confidence').textContent = ok
    ? `confidence ${answer.confidence.toFixed(4)}, from rows up to ${answer.as_of}${answer.stale ? ' (stale)' : ''}`
    : '';
  slot('meter').hidden = !ok;
  slot('meter').value = ok ? answer.confidence : 0;
  slot('json').textContent = JSON.stringify(answer, null, 2);
}

function cardOf(name) {
  if (!cards.has(name)) {
    const card = byId('model').content.cloneNode(true).firstElementChild;
    const slot = (key) => card.querySelector(`[data-slot="${key}"]`);
    slot('form').addEventListener('submit', (event) => predict(event, name, slot));
    byId('models').append(card);
    cards.set(name, { card, slot });
  }
  return cards.get(name);
}

function showModel(model, clonePath) {
  const { slot } = cardOf(model.model);
  slot('model').textContent = model.model;
  slot('state').textContent = model.state;
  slot('state').className = `pill ${model.state === 'serving' ? 'good' : 'bad'}`;
  show(slot('description'), model.description);
  show(slot('problem'), model.problem);
  show(slot('hold'), model.hold && holdOf(model.hold));
  slot('champion').hidden = !model.version;
  if (model.version) {
    slot('version').textContent = model.version;
    slot('digest').textContent = shortDigest(model.digest);
    slot('digest').title = model.digest;
    slot('evidence').textContent = evidenceOf(model.pin);
    slot('since').textContent = moment(model.loaded_since);
  }
  slot('changes').replaceChildren(...model.changes.map(row));
  const undo = undoOf(model, clonePath);
  slot('undo').hidden = !undo;
  slot('revert').textContent = undo;
}

function showStatus(status) {
  byId('environment').textContent = status.environment;
  byId('commit').textContent = status.commit ? short(status.commit) : '…';
  byId('ready').textContent = status.ready ? 'ready' : 'not ready';
  byId('ready').className = `pill ${status.ready ? 'good' : 'bad'}`;
  byId('missing').hidden = status.ready;
  byId('missing').replaceChildren(...status.missing.map(
    (missing) => element('li', (missing.model ? `${missing.model} ${missing.pinned}: ` : '') + missing.reason)));
  byId('empty').hidden = status.models.length > 0;
  status.models.forEach((model) => showModel(model, status.clone_path));
  byId('clone').hidden = !status.clone_path;
  if (status.clone_path) {
    byId('clone-command').textContent = `git clone ${location.origin}${status.clone_path} && cd models && git log`;
  }
}

async function refresh() {
  try {
    const text = await (await fetch('/status')).text();
    if (text !== shown) {
      showStatus(JSON.parse(text));
      shown = text;
    }
  } catch (error) {
    shown = '';
    byId('ready').textContent = 'server does not answer';
    byId('ready').className = 'pill bad';
  }
  setTimeout(refresh, REFRESH_MILLIS);
}

refresh();
