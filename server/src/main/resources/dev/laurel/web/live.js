// How champion and challenger do on the traffic of this server.

import { element, number, show } from './dom.js';

const SHARES = ['lowest', '10 %', '25 %', 'median', '75 %', '90 %', 'highest'];

const percent = (part, whole) => (whole > 0 ? `${(100 * part / whole).toFixed(1)} %` : '—');
const time = (micros) => {
  if (micros === undefined || micros === null) return '—';
  return micros < 1000 ? `${micros.toFixed(0)} µs` : `${(micros / 1000).toFixed(1)} ms`;
};
const sum = (labels) => Object.values(labels || {}).reduce((all, rows) => all + rows, 0);

function header(text, scope) {
  const made = element('th', text);
  made.scope = scope;
  return made;
}

function line(name, sides, value) {
  const made = document.createElement('tr');
  made.append(header(name, 'row'), ...sides.map((side) => element('td', value(side))));
  return made;
}

/** The share of rows that got each label, or the values below which a share of the answers lies. */
function distribution(sides) {
  const labels = [...new Set(sides.flatMap((side) => Object.keys(side.labels || {})))].sort();
  const values = sides.some((side) => side.quantiles)
    ? SHARES.map((share, place) => line(`values: ${share}`, sides, (side) => number(side.quantiles && side.quantiles[place])))
    : [];
  return [
    ...labels.map((label) => line(`answers: ${label}`, sides, (side) => percent((side.labels || {})[label] || 0, sum(side.labels)))),
    ...values];
}

function triedOf(live) {
  if (!live.challenger) return '';
  const how = live.mode === 'canary' ? `answers ${live.share} % of the callers` : 'answers nobody and is compared';
  const agreed = live.compared > 0
    ? `Of ${live.compared} rows that both answered, ${percent(live.agreed, live.compared)} got the same answer.`
    : 'No row was answered by both yet.';
  const dropped = live.dropped > 0 ? ` ${live.dropped} requests were not compared, since too many waited.` : '';
  return `${live.challenger.version} is tried as a ${live.mode}: it ${how}. ${agreed}${dropped}`;
}

/**
 * What live traffic measured when it made a challenger the champion, in a line.
 *
 * @param live of its pin
 */
export function measured({ challenger, champion, compared, agreed, feedback }) {
  const errors = (side) => `${side.errors} of ${side.answers + side.errors}`;
  const parts = [
    `live traffic against ${champion.version}: ${challenger.answers} answers`,
    `errors ${errors(challenger)} against ${errors(champion)}`,
    `p99 ${time(challenger.p99_micros)} against ${time(champion.p99_micros)}`];
  if (compared > 0) parts.push(`agreement ${percent(agreed, compared)} of ${compared}`);
  if (feedback) {
    parts.push(`${feedback.metric} ${number(feedback.challenger)} against ${number(feedback.champion)} on ${feedback.rows} rows with feedback`);
  }
  return parts.join(', ');
}

/** @param live as /status has it; absent where no champion answers */
export function showLive(slot, live) {
  const sides = live ? [live.champion, live.challenger].filter(Boolean) : [];
  slot('live').hidden = !live || (!live.challenger && !live.problem && live.champion.answers + live.champion.errors === 0);
  if (slot('live').hidden) return;
  show(slot('tried'), triedOf(live));
  show(slot('untried'), live.problem && `The challenger is not tried: ${live.problem}`);
  slot('sides').replaceChildren(
    header('', 'col'),
    ...sides.map((side, place) => header(`${place === 0 ? 'champion' : 'challenger'} ${side.version}`, 'col')));
  slot('traffic').replaceChildren(
    line('requests answered', sides, (side) => String(side.answers)),
    line('errors', sides, (side) => (side.errors > 0 ? `${side.errors} (${percent(side.errors, side.answers + side.errors)})` : '0')),
    line('latency, median', sides, (side) => time(side.p50_micros)),
    line('latency, p99', sides, (side) => time(side.p99_micros)),
    ...distribution(sides));
  slot('counted').textContent = `By this server alone, since ${new Date(live.since).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}.`;
}
