import { unknownVariables, usedVariables } from './problems'
import { type CompiledTemplate, compileTemplate, type MessageTemplate } from './render'
import type { Variables } from './variables'

/** Why an email cannot be made from a template with these values, in one sentence; null when it can. */
export type FaultOf = (values: Variables) => string | null

/**
 * Makes the judge of one template. Where nothing but the presence of values decides, leads with values for the same of its
 * variables are judged once.
 */
export function createFaultOf(template: MessageTemplate): FaultOf {
  const compiled = compileTemplate(template)
  const render = faultOf(compiled)
  const parts = [template.subject, template.bodyText, template.bodyHtml ?? '']
  // A tag may compare values, a filter may empty them.
  if (parts.some((part) => part.includes('{%') || /\|(?!\s*default\b)/.test(part))) return render
  const used = usedVariables(compiled)
  const known = new Map<string, string | null>()
  return (values) => {
    const shape = used.map((name) => (Object.hasOwn(values, name) ? '1' : '0')).join('')
    const fault = known.has(shape) ? known.get(shape) : render(values)
    known.set(shape, fault ?? null)
    return fault ?? null
  }
}

const faultOf =
  (compiled: CompiledTemplate): FaultOf =>
  (values) => {
    const rendered = compiled.render(values)
    return rendered.ok ? null : rendered.reason
  }

/** Variables of a template that no lead has a field for, as they are named to people. */
export const unknownInWords = (template: MessageTemplate, known: ReadonlySet<string>): string[] =>
  unknownVariables(template, known).map(({ name }) => `{{ ${name} }} is not known.`)
