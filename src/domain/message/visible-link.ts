// Elements whose content nobody sees.
const UNSEEN = new Set(['head', 'style', 'script', 'title', 'template', 'noscript', 'textarea', 'select', 'object'])
const VOID = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'track',
  'wbr',
])
const HIDING =
  /display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:font-size|opacity|max-height)\s*:\s*0(?:\.0+)?(?![.\d])/i
const BLANK = /^(?:\s|&nbsp;|&#0*160;|&#x0*a0;|&zwnj;|&zwj;|&#0*820[3-7];|&shy;|[\u00ad\u200b-\u200f\u2060\ufeff])*$/i

type Element = { name: string; hides: boolean; links: boolean }

/**
 * Whether a person who reads this HTML body sees `url` or a link to it. What stands in a comment, in another attribute or in
 * an element that is not shown does not count, nor does a link without a word or picture. Reads each character once.
 */
export function showsLink(html: string, url: string): boolean {
  const escaped = url.replaceAll('&', '&amp;')
  if (!html.includes(url) && !html.includes(escaped)) return false
  const open = createOpenElements()
  let at = 0
  while (at < html.length) {
    const tag = html.indexOf('<', at)
    const text = html.slice(at, tag < 0 ? html.length : tag)
    if (open.isShown() && (text.includes(url) || text.includes(escaped))) return true
    if (open.isLinked() && !BLANK.test(text)) return true
    if (tag < 0) return false
    const end = endOfTag(html, tag)
    const read = readTag(html.slice(tag, end))
    if (read) {
      open.take(read, url)
      if (read.name === 'img' && !read.closes && !hides(read) && open.isLinked()) return true
    }
    at = end
  }
  return false
}

type Tag = { name: string; closes: boolean; attributes: ReadonlyMap<string, string> }

/** The elements that are open, with how many of them hide what they hold and how many are the link. */
function createOpenElements() {
  const elements: Element[] = []
  const counts = new Map<string, number>()
  let hiding = 0
  let linking = 0
  const count = ({ name, hides, links }: Element, by: 1 | -1) => {
    counts.set(name, (counts.get(name) ?? 0) + by)
    if (hides) hiding += by
    if (links) linking += by
  }
  return {
    isShown: () => hiding === 0,
    isLinked: () => hiding === 0 && linking > 0,
    take(tag: Tag, url: string): void {
      const { name } = tag
      if (VOID.has(name)) return
      if (!tag.closes) {
        const links = name === 'a' && decoded(tag.attributes.get('href') ?? '') === url
        const element = { name, hides: UNSEEN.has(name) || hides(tag), links }
        elements.push(element)
        count(element, 1)
        return
      }
      // One that was never opened closes nothing; what was left open inside ends with it.
      while ((counts.get(name) ?? 0) > 0) {
        const element = elements.pop()
        if (!element) return
        count(element, -1)
        if (element.name === name) return
      }
    },
  }
}

/** Index after the comment or tag that begins at `start`; a quote holds a `>`. One that never ends takes all the rest. */
function endOfTag(html: string, start: number): number {
  if (html.startsWith('<!--', start)) return after(html, '-->', start + 4)
  if (!/^[a-z/!?]$/i.test(html[start + 1] ?? '')) return start + 1
  let quote = ''
  for (let i = start + 1; i < html.length; i++) {
    const character = html[i] ?? ''
    if (quote) quote = character === quote ? '' : quote
    else if (character === '>') return i + 1
    else if ((character === '"' || character === "'") && html[i - 1] === '=') quote = character
  }
  return html.length
}

function after(html: string, mark: string, from: number): number {
  const index = html.indexOf(mark, from)
  return index < 0 ? html.length : index + mark.length
}

function readTag(source: string): Tag | null {
  const [, slash, name] = /^<(\/?)([a-z][a-z0-9:-]*)/i.exec(source) ?? []
  if (!name) return null
  const attributes = new Map<string, string>()
  for (const [, key, quoted, single, bare] of source
    .slice(name.length + 1)
    .matchAll(/([^\s"'=<>/]+)(?:=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g)) {
    if (key) attributes.set(key.toLowerCase(), quoted ?? single ?? bare ?? '')
  }
  return { name: name.toLowerCase(), closes: slash === '/', attributes }
}

const hides = ({ attributes }: Tag) => attributes.has('hidden') || HIDING.test(attributes.get('style') ?? '')

const decoded = (value: string) => value.trim().replaceAll('&amp;', '&').replaceAll('&#38;', '&')
