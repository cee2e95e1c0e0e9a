import type { Template } from 'liquidjs'
import { createJudge } from './judge'
import { namesIn } from './names'
import { type CompiledTemplate, compileTemplate, type MessageTemplate } from './render'
import { nearest } from './suggestion'
import { ALWAYS_FILLED, FALLBACKS, type Variables } from './variables'
import { renderAllWays } from './ways'

/** A variable that does not exist, and the one that was probably meant. */
export type UnknownVariable = { name: string; suggestion: string | null }

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
  const standIns: Variables = {}
  for (const key of ALWAYS_FILLED) standIns[key] = FALLBACKS[key] ?? 'x'
  for (const key of availableKeys) standIns[key] = 'x'
  const missing = new Set<string>()
  for (const part of partsOf(template)) {
    const { missing: onSomeWay } = renderAllWays(part, standIns)
    for (const name of onSomeWay ?? [...namesIn(part)].filter((name) => !Object.hasOwn(standIns, name)))
      missing.add(name)
  }
  return [...missing].sort()
}

export type TemplateInUse = { id: string; name: string; compiled: CompiledTemplate }

export type VariableProblems = {
  unknown: (UnknownVariable & { templateId: string; templateName: string })[]
  /** `leads`: for how many leads this variable has no value where this template needs one. */
  missing: { templateId: string; templateName: string; name: string; leads: number }[]
  /** Leads whose email would fail for another reason, such as a subject that comes out empty. */
  failing: { templateId: string; templateName: string; reason: string; leads: number }[]
}

/** The problems of a campaign's templates, lead by lead. */
export type VariableCheck = {
  /** Variables that decide something; no others have to be given. */
  reads: ReadonlySet<string>
  /** Judges the emails of one lead. */
  add(values: Variables): void
  /** What was found of the leads so far. `knownKeys`: fixed variables and the custom fields in use. */
  problems(knownKeys: ReadonlySet<string>): VariableProblems
}

/**
 * The check of a campaign's templates: which variables do not exist, and which have no value for how many leads. Leads that
 * are alike in what a template reads are judged once.
 */
export function createVariableCheck(templates: readonly TemplateInUse[]): VariableCheck {
  const watched = templates.map((template) => ({
    ...template,
    judge: createJudge(template.compiled),
    missing: new Map<string, number>(),
    failing: new Map<string, number>(),
  }))
  return {
    reads: new Set(watched.flatMap(({ judge }) => [...judge.reads])),
    add(values) {
      for (const { judge, missing, failing } of watched) {
        const verdict = judge.of(values)
        if (verdict.ok) continue
        for (const name of verdict.missing) count(missing, name)
        if (verdict.missing.length === 0) count(failing, verdict.reason)
      }
    },
    problems(knownKeys) {
      const found: VariableProblems = { unknown: [], missing: [], failing: [] }
      for (const { id, name: templateName, compiled, missing, failing } of watched) {
        const of = { templateId: id, templateName }
        const unknown = unknownVariables(compiled, knownKeys)
        const misspelt = new Set(unknown.map(({ name }) => name))
        found.unknown.push(...unknown.map((one) => ({ ...of, ...one })))
        for (const [name, leads] of missing) if (!misspelt.has(name)) found.missing.push({ ...of, name, leads })
        for (const [reason, leads] of failing) found.failing.push({ ...of, reason, leads })
      }
      return found
    },
  }
}

/** The same for leads that are at hand. */
export function findVariableProblems({
  templates,
  knownKeys,
  valuesByLead,
}: {
  templates: readonly TemplateInUse[]
  knownKeys: ReadonlySet<string>
  valuesByLead: Iterable<Variables>
}): VariableProblems {
  const check = createVariableCheck(templates)
  for (const values of valuesByLead) check.add(values)
  return check.problems(knownKeys)
}

const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1)

const partsOf = (template: MessageTemplate | CompiledTemplate): Template[][] =>
  Object.values(('parsed' in template ? template : compileTemplate(template)).parsed).filter((part) => part !== null)
