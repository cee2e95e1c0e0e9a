const LENGTH = String.raw`(\d|\[(length:)?[\d.]+(px|rem|em|%)?\]).*`

/** Class names by what they set, where their first word does not say it alone. The first group that knows a name has it. */
const GROUPS = Object.entries({
  display: '(inline-)?(block|flex|grid)|inline|hidden|contents|table(-(row|row-group|cell|header-group|footer-group))?',
  position: 'static|fixed|absolute|relative|sticky',
  visibility: '(in)?visible',
  'flex-direction': 'flex-(row|col)(-reverse)?',
  'flex-wrap': 'flex-(no)?wrap',
  flex: String.raw`flex-(1|auto|none|\[.*)`,
  'text-alignment': 'text-(left|center|right)',
  'font-size': `text-(caption|control|body|title|heading|figure|base|${LENGTH})`,
  'font-weight': 'font-(normal|medium|semibold|bold)',
  'font-family': 'font-(sans|mono)',
  'text-decoration': '(no-)?underline|line-through',
  'text-transform': 'uppercase|lowercase|capitalize',
  'border-w': `border(-${LENGTH})?`,
  'border-collapse': 'border-(collapse|separate)',
  'border-style': 'border-(solid|dashed|dotted)',
  'outline-w': `outline(-${LENGTH})?`,
  'outline-style': 'outline-(none|hidden)',
  'ring-w': `ring(-${LENGTH})?`,
  transform: 'transform(-none)?',
  'sr-only': '(not-)?sr-only',
  'container-type': '@container',
}).map(([group, names]) => [group, RegExp(`^(${names})$`)] as const)

/** Groups whose names begin with theirs: "gap-2". The name alone belongs to some of them, too. */
const BEGINNINGS = new Set(
  (
    'inset inset-x inset-y top right bottom left z basis grow shrink order grid-cols grid-rows col row auto-rows gap gap-x gap-y ' +
    'justify justify-items justify-self items self content place-items place-content p px py pt pr pb pl m mx my mt mr mb ml ' +
    'size w min-w max-w h min-h max-h tracking leading text underline-offset line-clamp whitespace align bg rounded rounded-t ' +
    'rounded-b border border-x border-y border-t border-r border-b border-l divide-y outline outline-offset ring shadow opacity ' +
    'transition duration delay animate scale translate-x translate-y origin appearance cursor pointer-events resize select ' +
    'overflow overflow-x overflow-y scroll-mt'
  ).split(' '),
)
const ALONE = /^(isolate|tabular-nums|truncate|grow|shrink|rounded|transition|border-[xytrbl]|divide-y)$/

/** Further groups that each group overrides. */
const OVERRIDES: Readonly<Record<string, string>> = {
  p: 'px py pt pr pb pl',
  px: 'pr pl',
  py: 'pt pb',
  m: 'mx my mt mr mb ml',
  mx: 'mr ml',
  my: 'mt mb',
  inset: 'inset-x inset-y top right bottom left',
  'inset-x': 'right left',
  'inset-y': 'top bottom',
  gap: 'gap-x gap-y',
  size: 'w h',
  flex: 'basis grow shrink',
  'line-clamp': 'display overflow',
  overflow: 'overflow-x overflow-y',
  'font-size': 'leading',
  rounded: 'rounded-t rounded-b',
  'border-w': 'border-x border-y border-t border-r border-b border-l',
  'border-x': 'border-r border-l',
  'border-y': 'border-t border-b',
}

function groupOf(name: string): string | undefined {
  const known = GROUPS.find(([, names]) => names.test(name))?.[0]
  if (known) return known
  if (ALONE.test(name)) return name
  if (name.startsWith('[')) return name.replace(/:.*/s, '')
  for (let end = name.lastIndexOf('-', name.indexOf('[') >>> 0); end > 0; end = name.lastIndexOf('-', end - 1)) {
    const beginning = name.slice(0, end)
    if (BEGINNINGS.has(beginning)) return beginning
  }
  return undefined
}

// "data-[side=top]:hover:", "!", "-", the name, and "/60" of it.
const PARTS = /^((?:[^:[]*(?:\[[^\]]*\])?[^:[]*:)*)(!?)-?(.+?)(\/[^\]]*)?$/
const MOST_KEPT = 500
const merged = new Map<string, string>()

/**
 * Leaves out of several class names those that a later one overrides. The groups are those that this app's class names
 * belong to: a library that knows all that Tailwind has weighs several times as much.
 */
export function merge(classes: string): string {
  const known = merged.get(classes)
  if (known !== undefined) return known
  const overridden = new Set<string>()
  const kept = classes
    .split(/\s+/)
    .reverse()
    .filter((one) => {
      const [, when = '', important = '', name = ''] = PARTS.exec(one) ?? []
      const group = groupOf(name)
      if (group === undefined) return true
      const isKept = !overridden.has(when + important + group)
      for (const other of [group, ...(OVERRIDES[group]?.split(' ') ?? [])]) overridden.add(when + important + other)
      return isKept
    })
  const answer = kept.reverse().join(' ').trim()
  if (merged.size >= MOST_KEPT) merged.clear()
  merged.set(classes, answer)
  return answer
}
