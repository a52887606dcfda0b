// Elements of the page. What is data gets into it as text, never as markup.

/** The element of the page with this id. */
export const one = id => document.getElementById(id);

/** A new element; strings among the children are text. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Sets the text, unless it is the same: what is read out aloud is read out once. */
export function tell(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

const WHOLE = new Intl.NumberFormat('en');
const TENTHS = new Intl.NumberFormat('en', {minimumFractionDigits: 1, maximumFractionDigits: 1});
const TIME = new Intl.DateTimeFormat('en-GB', {timeStyle: 'medium'});
const DAY = new Intl.DateTimeFormat('en-GB', {dateStyle: 'medium', timeStyle: 'medium'});

/** A count. */
export const count = number => WHOLE.format(number);

/** A count of things whose name takes an s. */
export const several = (number, name) => count(number) + ' ' + name + (number === 1 ? '' : 's');

/** A rate; what is not known yet is a dash. */
export const rate = number =>
  number === null ? '–' : number > 0 && number < 0.05 ? '<0.1' : TENTHS.format(number);

/** A share of hits. */
export const percent = share => (share === null ? '–' : TENTHS.format(100 * share) + ' %');

/** An instant by the viewer's clock, with its day where that is not today. */
export function time(instant) {
  const date = new Date(instant);
  const today = date.toDateString() === new Date().toDateString();
  return (today ? TIME : DAY).format(date);
}
