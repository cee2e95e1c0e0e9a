import type { Template } from 'liquidjs'
import { type RenderedPart, renderEitherWay } from './engine'
import { namesIn } from './names'
import { type CompiledTemplate, compileTemplate, type MessageTemplate, type RenderedMessage } from './render'
import { nearest } from './suggestion'
import { ALWAYS_FILLED, FALLBACKS, isFallback, type Variables } from './variables'

/** A variable that does not exist, and the one that was probably meant. */
export type UnknownVariable = { name: string; suggestion: string | null }

/** Ways through a template's comparisons that are tried; a template with more is judged by all it mentions. */
const WAYS_LIMIT = 64

/** Names (or paths such as `lead.name`) that the template reads, each once, sorted. Throws when it cannot be parsed. */
export function usedVariables(template: MessageTemplate | CompiledTemplate): string[] {
  const names = new Set<string>()
  for (const part of partsOf(template)) {
    for (const name of namesIn(part)) names.add(name)
  }
  return [...names].sort()
}

/** Variables the template reads that are not in `knownKeys`, used or guarded alike: a misspelling is never meant. */
export function unknownVariables(
  template: MessageTemplate | CompiledTemplate,
  knownKeys: ReadonlySet<string>,
): UnknownVariable[] {
  return usedVariables(template)
    .filter((name) => !knownKeys.has(name))
    .map((name) => ({ name, suggestion: nearest(name, knownKeys) }))
}

/**
 * Variables that would have no value in an email if only `availableKeys` had one: used without `default` and outside
 * an `if` that checks them. Where a comparison depends on the value itself both ways are looked at, so this may name
 * too much, never too little; rendering with the lead's values has the last word.
 */
export function missingVariables(
  template: MessageTemplate | CompiledTemplate,
  availableKeys: ReadonlySet<string>,
): string[] {
  return [...judge(template, availableKeys).missing].sort()
}

type Judgement = {
  missing: Set<string>
  /** Whether a comparison with a value decides what is written. */
  dependsOnValues: boolean
}

function judge(template: MessageTemplate | CompiledTemplate, availableKeys: Iterable<string>): Judgement {
  const standIns: Variables = {}
  for (const key of ALWAYS_FILLED) standIns[key] = FALLBACKS[key] ?? 'x'
  for (const key of availableKeys) standIns[key] = 'x'
  const judgement: Judgement = { missing: new Set(), dependsOnValues: false }
  for (const part of partsOf(template)) {
    const { missing, ways } = missingOnAllWays(part, standIns)
    if (ways !== 1) judgement.dependsOnValues = true
    for (const name of missing ?? [...namesIn(part)].filter((name) => !Object.hasOwn(standIns, name))) {
      judgement.missing.add(name)
    }
  }
  return judgement
}

/** Runs through every combination of comparison outcomes; `missing` is null when there are too many. */
function missingOnAllWays(part: Template[], standIns: Variables) {
  const missing = new Set<string>()
  const waiting: boolean[][] = [[]]
  let ways = 0
  for (let way = waiting.pop(); way; way = waiting.pop()) {
    const chosen = way
    let asked = 0
    const choose = () => chosen[asked++] ?? false
    for (const name of missingIn(() => renderEitherWay(part, standIns, choose))) missing.add(name)
    ways++
    // The first run took "no" for every choice beyond `chosen`; each of those could have been "yes".
    for (let next = chosen.length; next < asked; next++) {
      waiting.push([...chosen, ...Array<boolean>(next - chosen.length).fill(false), true])
    }
    if (ways + waiting.length > WAYS_LIMIT) return { missing: null, ways: Number.POSITIVE_INFINITY }
  }
  return { missing, ways }
}

export type TemplateInUse = { id: string; name: string; compiled: CompiledTemplate }

export type VariableProblems = {
  unknown: (UnknownVariable & { templateId: string; templateName: string })[]
  /** `leads`: for how many leads this variable has no value where this template needs one. */
  missing: { templateId: string; templateName: string; name: string; leads: number }[]
  /** Leads whose email would fail for another reason, such as a subject that comes out empty. */
  failing: { templateId: string; templateName: string; reason: string; leads: number }[]
}

/**
 * The pre-flight of a campaign: which variables do not exist, and which have no value for how many leads. Leads with
 * values for the same variables are judged once, unless the template compares values: then each email is rendered.
 * `knownKeys`: fixed variables and the custom fields in use.
 */
export function findVariableProblems({
  templates,
  knownKeys,
  valuesByLead,
}: {
  templates: readonly TemplateInUse[]
  knownKeys: ReadonlySet<string>
  valuesByLead: Iterable<Variables>
}): VariableProblems {
  const watched = templates.map((template) => ({
    ...template,
    unknown: unknownVariables(template.compiled, knownKeys),
    verdicts: new Map<string, RenderedMessage | 'depends on the values'>(),
    missing: new Map<string, number>(),
    failing: new Map<string, number>(),
  }))
  for (const values of valuesByLead) {
    // What only falls back is no value to the template's own words.
    const known = Object.keys(values).filter((name) => !isFallback(name, values[name] ?? ''))
    const shape = known.sort().join()
    for (const template of watched) {
      let verdict = template.verdicts.get(shape)
      if (verdict === undefined) {
        const { dependsOnValues } = judge(template.compiled, known)
        verdict = dependsOnValues ? 'depends on the values' : template.compiled.render(values)
        template.verdicts.set(shape, verdict)
      }
      const result = typeof verdict === 'string' ? template.compiled.render(values) : verdict
      if (result.ok) continue
      for (const name of result.missing)
        if (!template.unknown.some((u) => u.name === name)) count(template.missing, name)
      if (!result.missing.length) count(template.failing, result.reason)
    }
  }
  const of = (template: TemplateInUse) => ({ templateId: template.id, templateName: template.name })
  return {
    unknown: watched.flatMap((template) => template.unknown.map((unknown) => ({ ...of(template), ...unknown }))),
    missing: watched.flatMap((template) =>
      [...template.missing].map(([name, leads]) => ({ ...of(template), name, leads })),
    ),
    failing: watched.flatMap((template) =>
      [...template.failing].map(([reason, leads]) => ({ ...of(template), reason, leads })),
    ),
  }
}

const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1)

const partsOf = (template: MessageTemplate | CompiledTemplate): Template[][] =>
  Object.values(('parsed' in template ? template : compileTemplate(template)).parsed).filter((part) => part !== null)

/** An error other than a missing variable is for rendering to report. */
function missingIn(render: () => RenderedPart): Iterable<string> {
  try {
    return render().missing
  } catch {
    return []
  }
}
