import { oneLine } from '../message/variables'
import { IMPORT_LIMITS } from './import-limits'

// What spreadsheets and programs write for "nothing". Compared in lower case.
const NOTHING = new Set([
  '',
  '-',
  '--',
  '–',
  '—',
  '?',
  '??',
  '.',
  'n/a',
  'n.a.',
  'na',
  '#n/a',
  '#na',
  '#n/d',
  '#nv',
  '#i/t',
  '#н/д',
  '#div/0',
  '#getting_data',
  '\\n',
  '(blank)',
  '(empty)',
  '(leer)',
  '(vide)',
  '(vuoto)',
  '(en blanco)',
  '(em branco)',
  '(leeg)',
  '(tom)',
  '(not set)',
  '<na>',
  '(none)',
  '(null)',
  '<null>',
  '[null]',
  '[]',
  '{}',
  'nil',
  'null',
  'undefined',
  'none',
  'nan',
])

// Words that say that nobody knows. A custom field may mean them.
const UNKNOWN = new Set([
  'unknown',
  'not available',
  'not applicable',
  'not specified',
  'keine angabe',
  'k.a.',
  'k. a.',
  'unbekannt',
  'inconnu',
  'inconnue',
  'desconocido',
  'sconosciuto',
  'onbekend',
  'true',
  'false',
])

// Errors of formulas in any language of the spreadsheet (#REF!, #BEZUG!, #¿NOMBRE?), and columns too narrow for a value.
const FORMULA_ERROR = /^#(?:#*|[¡¿]?[\p{Lu}/0_]{2,20}[!?])$/u
// What a program prints of a value that is none, and a formula that was saved instead of its result.
const OF_A_PROGRAM = /^(?:\[object \w+\]|=[a-z][a-z\d.]*\(.*\))$/i

// People are called so; then it is written as a name is.
const NAMES = /^(?:Null|Nan|None|Nil|Na)$/

/** What is read of a value as it stands in a file: all of it, unless it is longer than any value has a use for. */
export const readable = (cell: string): string =>
  cell.length <= IMPORT_LIMITS.valueLength ? cell : cell.trim().slice(0, IMPORT_LIMITS.valueLength)

/** How strictly a value is read: as a person's name, as another of a lead's own fields, or as a custom field. */
export type ValueKind = 'name' | 'field' | 'custom'

/**
 * One line of text without control characters, in one Unicode form, without what spreadsheets and programs leave around a
 * value (`="…"`, a leading `'`, `&amp;`); null when it says nothing (`-`, `n/a`, `#REF!`, `(blank)`).
 */
export function withoutDebris(raw: string, kind: ValueKind): string | null {
  const text = unwrapped(oneLine(raw))
  const folded = text.toLowerCase()
  if (kind === 'name' && NAMES.test(text)) return text
  if (NOTHING.has(folded) || FORMULA_ERROR.test(text) || OF_A_PROGRAM.test(text)) return null
  // A name that was put together from two that are not there: "undefined undefined".
  if (/^(\S+) \1$/.test(folded) && NOTHING.has(folded.slice(0, folded.indexOf(' ')))) return null
  return kind !== 'custom' && UNKNOWN.has(folded) ? null : text
}

// Exports of exports wrap and encode again; more than this, nobody does.
const ROUNDS = 5

function unwrapped(line: string): string {
  let text = line
  for (let round = 0; round < ROUNDS; round++) {
    if (!/[&'="]/.test(text)) break
    const next = oneLine(decodeEntities(unwrapCell(text)))
    if (next === text) break
    text = next
  }
  return text
}

/** A formula that only holds a text, `="0049…"`, and the quote by which spreadsheets keep a text from being a formula. */
function unwrapCell(text: string): string {
  const formula = /^=\s*"((?:[^"]|"")*)"$/.exec(text)?.[1]
  if (formula !== undefined) return formula.replaceAll('""', '"')
  return text.replace(/^'(?=[=+\-@])/, '')
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  shy: '',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  laquo: '«',
  raquo: '»',
  euro: '€',
  pound: '£',
  yen: '¥',
  cent: '¢',
  sect: '§',
  copy: '©',
  reg: '®',
  trade: '™',
  deg: '°',
  middot: '·',
  bull: '•',
  szlig: 'ß',
  aelig: 'æ',
  AElig: 'Æ',
  oelig: 'œ',
  OElig: 'Œ',
  oslash: 'ø',
  Oslash: 'Ø',
  eth: 'ð',
  ETH: 'Ð',
  thorn: 'þ',
  THORN: 'Þ',
}

// "eacute" is a letter and the mark above or below it.
const MARKS: Readonly<Record<string, string>> = {
  acute: '\u0301',
  grave: '\u0300',
  circ: '\u0302',
  tilde: '\u0303',
  uml: '\u0308',
  ring: '\u030a',
  cedil: '\u0327',
  caron: '\u030c',
}

const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}\d?));/gi

/** What web pages write for a character. */
const decodeEntities = (text: string) => (text.includes('&') ? text.replace(ENTITY, entity) : text)

function entity(whole: string, decimal?: string, hex?: string, name = ''): string {
  const code = decimal ? Number.parseInt(decimal, 10) : hex ? Number.parseInt(hex, 16) : null
  if (code !== null) return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  const known = ENTITIES[name] ?? ENTITIES[name.toLowerCase()]
  if (known !== undefined) return known
  const mark = MARKS[name.slice(1).toLowerCase()]
  return mark ? `${name.charAt(0)}${mark}`.normalize('NFC') : whole
}
