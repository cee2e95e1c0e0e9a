import { findForeignTags } from './foreign-tags'
import { PART_LABEL, type PartName } from './parts'
import { missingVariables, unknownVariables } from './problems'
import { type MessageTemplate, readTemplate } from './render'
import { VARIABLE_NAMES, VARIABLES } from './variables'

/** An error keeps a template from being saved; a warning is worth a look, and some keep a campaign from starting. */
export type TemplateProblem = {
  level: 'error' | 'warning'
  part: PartName | null
  message: string
  /** Text of another program that a person may confirm to be meant as it stands. */
  foreignText?: string
}

/** How many of `total` leads (all, or the newest where there are many) have a value of their own for a variable. */
export type FillRate = {
  variable: string
  label: string
  filled: number
  total: number
  /** Used where a lead has no value. */
  fallback: string | null
  custom: boolean
}

const LONG_SUBJECT = 60

/** All remarks of the editor on a template, the worst first. Without leads, fill rates yield none. */
export function lintTemplate(template: MessageTemplate, fillRates: readonly FillRate[]): TemplateProblem[] {
  const { problems: errors, compiled } = readTemplate(template)
  if (!compiled) return errors.map(({ part, message }) => ({ level: 'error', part, message }))
  const knownKeys = new Set([...VARIABLE_NAMES, ...fillRates.map(({ variable }) => variable)])
  const unknown = unknownVariables(compiled, knownKeys)
  const gaps = new Map(fillRates.filter(({ filled, total }) => filled < total).map((rate) => [rate.variable, rate]))
  const unguarded = missingVariables(compiled, new Set([...knownKeys].filter((key) => !gaps.has(key))))
  return [
    ...unknown.map(({ name, suggestion }) => warning(partNaming(template, name), unknownMessage(name, suggestion))),
    ...unguarded.flatMap((name) => {
      const rate = gaps.get(name)
      return rate ? [warning(partNaming(template, name), gapMessage(name, rate))] : []
    }),
    ...foreignTags(template, knownKeys),
    ...longSubject(template.subject),
  ]
}

/** Message of the editor and of a campaign's preflight for a misspelt variable. */
export const unknownMessage = (name: string, suggestion: string | null) =>
  `"${name}" is not a variable.${suggestion ? ` Did you mean "${suggestion}"?` : ''}`

const gapMessage = (name: string, { filled, total }: FillRate) =>
  `"${name}" is empty for ${(total - filled).toLocaleString('en')} of ${total.toLocaleString('en')} leads. ` +
  `Give it a fallback: {{ ${name} | default: "..." }}`

const warning = (part: PartName | null, message: string): TemplateProblem => ({ level: 'warning', part, message })

/** What other programs would replace is sent as it stands; a campaign starts with it only once a person has said so. */
const foreignTags = (template: MessageTemplate, knownKeys: ReadonlySet<string>): TemplateProblem[] =>
  findForeignTags(template).map(({ part, text }) => {
    const name = /^\{\s*(\w+)\s*\}$/.exec(text)?.[1]?.toLowerCase()
    const meant = name && knownKeys.has(name) ? ` A variable has two braces: {{ ${name} }}` : ''
    return { ...warning(part, `${text} is sent as it stands.${meant}`), foreignText: text }
  })

function longSubject(subject: string): TemplateProblem[] {
  const length = subject.replace(/\{[{%].*?[}%]\}/g, '').trim().length
  if (length <= LONG_SUBJECT) return []
  return [warning('subject', `${PART_LABEL.subject} has ${length} characters; most inboxes cut it after about 60.`)]
}

function partNaming(template: MessageTemplate, name: string): PartName | null {
  return partsOf(template).find(([, source]) => source.includes(name))?.[0] ?? null
}

const partsOf = ({ subject, bodyText, bodyHtml }: MessageTemplate): [PartName, string][] => [
  ['subject', subject],
  ['bodyText', bodyText],
  ['bodyHtml', bodyHtml ?? ''],
]

/** Values to show where there is no lead yet; a website is stored with its scheme, and shown without. */
export const EXAMPLE_VALUES: Record<string, string> = Object.fromEntries(
  VARIABLES.map(({ name, example }) => [name, name === 'website' ? `https://${example}` : example]),
)
