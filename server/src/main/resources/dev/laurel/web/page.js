// The models of the registry, as /status has them.

import { byId, command, copyOf, element, number, show } from './dom.js';
import { showFeedback } from './feedback.js';
import { measured, showLive } from './live.js';
import { offer } from './predict.js';

const REFRESH_MILLIS = 2000;
const SIGNS = { raised: '↑', lowered: '↓', removed: '✕', reworded: '·' };
const BETTER = { higher: '↑', lower: '↓', 'nearer zero': '→0' };
const cards = new Map();
let shown = '';

const short = (commit) => commit.slice(0, 10);
const shortDigest = (digest) => digest.slice(0, 'sha256:'.length + 12);
const moment = (time) => new Date(time).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const stateClass = (model) => `pill ${model.state === 'serving' ? 'good' : 'bad'}`;

function evidenceOf(pin) {
  if (pin.live) return measured(pin.live);
  const evidence = pin.evidence;
  if (!evidence) {
    const who = pin.by === 'person' ? 'a person' : pin.by;
    return `none; promoted by ${who}${pin.reason ? `: ${pin.reason}` : ''}`;
  }
  const against = evidence.champion === undefined || evidence.champion === null
    ? 'with no champion before it'
    : `against ${number(evidence.champion)} of ${pin.beats}`;
  return `${evidence.metric} ${number(evidence.challenger)} ${against}, on ${evidence.rows} rows`;
}

function undoOf(model, clonePath) {
  if (!model.revert) return '';
  return (clonePath ? '' : '# in a clone of the models repository\n') + `git pull && ${model.revert} && git push`;
}

function holdOf(hold) {
  const why = hold.drift ? `${hold.from} drifted, which was said` : `the pin went from ${hold.from} to ${hold.to || 'nothing'}`;
  return `On hold: ${why} at ${short(hold.commit)}, so automation leaves it alone `
    + `until somebody promotes a version or types: ${hold.release}`;
}

/** How long the newest promotion took; nothing where this process was not there. */
function tookOf(arrival) {
  if (!arrival || arrival.promotion_to_ready_seconds === undefined) return '';
  const first = arrival.promotion_to_answer_seconds === undefined
    ? 'nobody has asked since'
    : `first prediction after ${arrival.promotion_to_answer_seconds.toFixed(1)} s`;
  return `could answer ${arrival.promotion_to_ready_seconds.toFixed(1)} s after its commit, ${first}`;
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

/** The champion's numbers, beside those of the champion of that time and of answers without a model. */
function showEvaluation(slot, version, evaluation) {
  slot('evaluation').hidden = !evaluation;
  if (!evaluation) return;
  const hasNaive = evaluation.metrics.some((each) => each.no_model !== undefined);
  const columns = [
    [version, (each) => each.champion],
    ...(evaluation.before ? [[`${evaluation.before} before`, (each) => each.before]] : []),
    ...(hasNaive ? [['no model', (each) => each.no_model]] : [])];
  const header = (text, scope) => {
    const made = element('th', text);
    made.scope = scope;
    return made;
  };
  slot('compared').replaceChildren(header('metric', 'col'), ...columns.map(([name]) => header(name, 'col')));
  slot('metrics').replaceChildren(...evaluation.metrics.map((each) => {
    const made = document.createElement('tr');
    const name = header(`${each.metric} `, 'row');
    const sign = element('span', BETTER[each.better], 'quiet');
    sign.title = `${each.better} is better`;
    sign.setAttribute('role', 'img');
    sign.setAttribute('aria-label', sign.title);
    name.append(sign);
    if (each.gate) name.append(' ', element('span', 'gate', 'pill'));
    if (each.gate) made.className = 'gate';
    made.append(name, ...columns.map(([, value]) => element('td', number(value(each)))));
    return made;
  }));
  slot('rows').textContent = `Measured when ${version} was made, on ${evaluation.rows}.`;
}

function cardOf(name) {
  if (!cards.has(name)) {
    const { made, slot } = copyOf('model');
    const undo = command();
    made.id = `model-${name}`;
    slot('model').id = `name-${name}`;
    made.setAttribute('aria-labelledby', slot('model').id);
    slot('undo').append(undo.made);
    const link = document.createElement('a');
    link.href = `#${made.id}`;
    link.textContent = name;
    const item = document.createElement('li');
    const standing = document.createElement('span');
    item.append(link, ' ', standing);
    byId('models').append(made);
    byId('names').append(item);
    cards.set(name, { slot, undo, standing, offered: '', answered: '' });
  }
  return cards.get(name);
}

/** The forms stay as somebody filled them in until the model asks for something else. */
async function showPredictions(card, model) {
  card.slot('predict').hidden = !model.version;
  if (!model.version) return;
  const offered = JSON.stringify(model.signature);
  if (offered !== card.offered) {
    card.offered = offered;
    card.answered = '';
    card.askNewest = offer(model, card.slot('predict'));
  }
  if (card.answered !== model.digest) {
    card.answered = model.digest;
    const ok = await card.askNewest();
    // Its rows may still be on their way.
    if (ok === false) {
      card.answered = '';
      shown = '';
    }
  }
}

function showModel(model, clonePath) {
  const card = cardOf(model.model);
  const { slot, undo, standing } = card;
  slot('model').textContent = model.model;
  slot('state').textContent = model.state;
  slot('state').className = stateClass(model);
  standing.textContent = model.version || model.state;
  standing.className = stateClass(model);
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
    show(slot('took'), tookOf(model.arrival));
    slot('took-name').hidden = slot('took').hidden;
    showEvaluation(slot, model.version, model.evaluation);
  }
  showLive(slot, model.live);
  showFeedback(slot, model.feedback, model.version, model.evaluation);
  slot('by-itself').hidden = !model.policy;
  slot('policy').textContent = model.policy || '';
  slot('history').hidden = model.changes.length === 0;
  slot('changes').replaceChildren(...model.changes.map(row));
  const revert = undoOf(model, clonePath);
  slot('undo').hidden = !revert;
  undo.say(revert);
  // The newest change, which this reverts, may have been the first promotion of all, or the one after a withdrawal.
  const withdraws = revert && !model.changes[0].from;
  slot('undo-name').textContent = withdraws ? 'Withdraw' : 'Roll back';
  show(slot('withdraws'), withdraws && `No champion stood before ${model.changes[0].to}, so this withdraws the model: nothing answers for it then.`);
  showPredictions(card, model);
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
  byId('index').hidden = status.models.length < 2;
  byId('clone').hidden = !status.clone_path;
  if (status.clone_path) clone.say(`git clone ${location.origin}${status.clone_path} && cd models && git log`);
}

async function refresh() {
  try {
    const text = await (await fetch('/status')).text();
    if (text !== shown) {
      shown = text;
      showStatus(JSON.parse(text));
    }
  } catch (error) {
    shown = '';
    byId('ready').textContent = 'server does not answer';
    byId('ready').className = 'pill bad';
  }
  setTimeout(refresh, REFRESH_MILLIS);
}

const clone = command();
byId('clone').append(clone.made);
refresh();
