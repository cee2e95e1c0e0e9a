import { foldHeader, HEADERS } from '../lead/csv-headers'
import type { PartName } from './parts'
import type { MessageTemplate } from './render'
import { VARIABLE_NAMES } from './variables'

/** Text that other programs replace, and that this one sends as it stands. */
export type ForeignTag = { part: PartName; text: string }

// What a tag of another program may be called: a field of leads in any language, or of the sender.
const FIELDS: ReadonlySet<string> = new Set([
  ...Object.values(HEADERS).flat(),
  ...[...VARIABLE_NAMES].map(foldHeader),
  ...['fname', 'lname', 'yourname', 'yourcompany', 'sendername', 'senderfirstname', 'sendercompany', 'signature'],
  ...['myname', 'mycompany', 'unsubscribe', 'unsubscribelink', 'recipientname', 'salutation', 'anrede'],
])

const isField = (name: string) => FIELDS.has(foldHeader(name.replace(/^.*[.:]/, '')))
// An identifier of several words, in the ways programs write it: first_name, firstName, FIRST_NAME.
const isJoined = (name: string) => /_|[a-z][A-Z]/.test(name) || FIELDS.has(foldHeader(name))

type Form = {
  pattern: RegExp
  /** Whether what the pattern found is a tag; always, without. */
  is?: (inner: string) => boolean
}

// The longer forms first: what one has found, the next ones do not see.
const FORMS: readonly Form[] = [
  // Mailchimp, Salesforce Marketing Cloud, ActiveCampaign.
  { pattern: /\*\|\s*([A-Z][\w:.-]*)\s*\|\*/gi },
  { pattern: /%%\s*([A-Za-z][\w.-]*)\s*%%/g },
  {
    pattern: /(?<![\d%\w])%([A-Za-z][A-Za-z0-9_.-]*)%(?!\w)/g,
    is: (name) => isField(name) || /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(name),
  },
  // Template literals, Ruby, Salesforce, Mautic.
  { pattern: /\$\{\s*([A-Za-z_][\w.]*)\s*\}/g, is: (name) => isField(name) || isJoined(name) },
  { pattern: /\{\$\s*([A-Za-z_][\w.]*)\s*\}/g, is: isField },
  { pattern: /(?<![\w$])\$([A-Z][A-Z_]*)\$(?!\w)/g, is: isField },
  { pattern: /#\{\s*([A-Za-z_][\w.]*)\s*\}/g, is: (name) => isField(name) || isJoined(name) },
  { pattern: /\{!\s*([A-Za-z$]\w*\.\w+)\s*\}/g },
  { pattern: /\{([A-Za-z]\w*=[^{}\n]{1,80})\}/g },
  // Word and others.
  {
    pattern: /<<\s*([A-Za-z][\w .-]{0,40}?)\s*>>|&lt;&lt;\s*([A-Za-z][\w .-]{0,40}?)\s*&gt;&gt;/g,
    is: (name) => isField(name) || isJoined(name),
  },
  { pattern: /«\s*([A-Za-z][\w .-]{0,40}?)\s*»/g, is: isField },
  { pattern: /\[\[\s*\+?([A-Za-z][\w .-]{0,40}?)\s*\]\]/g },
  { pattern: /\[\s*([\p{L}][\p{L}\p{M}\w .'-]{0,40}?)\s*\]/gu, is: isField },
  { pattern: /##\s*([A-Za-z][\w .-]{0,40}?)\s*##/g, is: isField },
  // A handle of a social network is none.
  {
    pattern: /(?<![\w.@])@([A-Za-z]+(?:_[A-Za-z]+)+|first[Nn]ame|last[Nn]ame|company[Nn]ame)\b(?!\.)/g,
    is: isField,
  },
  // One brace, as many programs have it.
  { pattern: /(?<![{%$#])\{\s*([\p{L}][\p{L}\p{M}\w .-]{0,40}?)\s*\}(?!\})/gu, is: isField },
]

// Words to choose from; a blank part is one, too. Code parts with "||". Each character can be read in one way alone, so that
// no text takes longer than its length.
const SPINTAX = /\{([^{}|\n]*(?:\|[^{}|\n]*)+)\}/g

/**
 * Every merge tag and spintax of other programs in a template, once for each part, in reading order. Ordinary text is none:
 * prices, per cent, code, `[x]`; nor is anything within `{{ }}` and `{% %}`.
 */
export function findForeignTags({ subject, bodyText, bodyHtml }: MessageTemplate): ForeignTag[] {
  const parts: [PartName, string][] = [
    ['subject', subject],
    ['bodyText', bodyText],
    ['bodyHtml', withoutCode(bodyHtml ?? '')],
  ]
  return parts.flatMap(([part, source]) => foreignTexts(source).map((text) => ({ part, text })))
}

/** Those of a template that nobody has confirmed to be meant as they stand. */
export function unconfirmedTags(template: MessageTemplate, confirmed: readonly string[]): string[] {
  const known = new Set(confirmed)
  return [...new Set(findForeignTags(template).map(({ text }) => text))].filter((text) => !known.has(text))
}

/** Blanks out style and script. Each character is looked at a few times, also where nothing is ever closed. */
function withoutCode(html: string): string {
  const unclosed = new Set<string>()
  let kept = ''
  let from = 0
  for (const { 0: tag, 1: given = '', index } of html.matchAll(/<(style|script)\b/gi)) {
    const name = given.toLowerCase()
    if (index < from || unclosed.has(name)) continue
    const close = new RegExp(`</${name}\\s*>`, 'gi')
    close.lastIndex = index + tag.length
    if (!close.exec(html)) unclosed.add(name)
    else {
      kept += `${html.slice(from, index)}${' '.repeat(close.lastIndex - index)}`
      from = close.lastIndex
    }
  }
  return kept + html.slice(from)
}

// Stands for what the engine replaces, and for what a link needs as it is: neither is text of another program.
const HELD = '@'

// What the engine replaces, by how it opens and closes: the first that is closed is taken.
const OWN = [
  { open: /\{%-?\s*raw/y, close: /endraw\s*-?%\}/g },
  { open: /\{\{/y, close: /\}\}/g },
  { open: /\{%/y, close: /%\}/g },
] as const

/** Holds the place of what the engine replaces. Each character is looked at a few times, also where nothing is ever closed. */
function withoutOwn(source: string): string {
  const unclosed = new Set<RegExp>()
  let held = ''
  let from = 0
  for (const { index } of source.matchAll(/\{[{%]/g)) {
    if (index < from) continue
    const end = OWN.map(({ open, close }) => {
      open.lastIndex = index
      if (unclosed.has(close) || !open.test(source)) return -1
      close.lastIndex = open.lastIndex
      if (close.test(source)) return close.lastIndex
      unclosed.add(close)
      return -1
    }).find((at) => at !== -1)
    if (end === undefined) continue
    held += `${source.slice(from, index)}${HELD.repeat(end - index)}`
    from = end
  }
  return held + source.slice(from)
}

function foreignTexts(source: string): string[] {
  // Of the same length, so that what is found can be read from the source.
  let rest = withoutOwn(source).replace(/https?:\/\/[^\s"'<>]*/gi, (link) =>
    link.replace(/%[0-9A-F]{2}/gi, HELD.repeat(3)),
  )
  const found: { at: number; text: string }[] = []
  const take = (matches: RegExpExecArray[]) => {
    let left = ''
    let from = 0
    for (const { 0: match, index } of matches) {
      found.push({ at: index, text: source.slice(index, index + match.length) })
      left += `${rest.slice(from, index)}${' '.repeat(match.length)}`
      from = index + match.length
    }
    rest = left + rest.slice(from)
  }
  for (const { pattern, is } of FORMS) {
    take([...rest.matchAll(pattern)].filter(([, first, second]) => !is || is((first ?? second ?? '').trim())))
  }
  take([...rest.matchAll(SPINTAX)].filter(([, inner = '']) => isSpintax(inner)))
  return [...new Set(found.sort((a, b) => a.at - b.at).map(({ text }) => text))]
}

/** At least two choices with a word in each but one, and no sign of code. */
function isSpintax(inner: string): boolean {
  const choices = inner.split('|').map((choice) => choice.trim())
  const words = choices.filter((choice) => /\p{L}{2}|@/u.test(choice))
  return words.length > 1 && words.length >= choices.length - 1 && !/[;=<>()]|\w\s*:\s*["'\d]|^\s*return\b/.test(inner)
}
