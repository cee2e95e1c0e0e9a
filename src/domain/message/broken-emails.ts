import { createJudge } from './judge'
import { unknownVariables } from './problems'
import { compileTemplate, type MessageTemplate } from './render'
import type { Variables } from './variables'

/** Why an email cannot be made from a template with these values, in one sentence; null when it can. */
export type FaultOf = (values: Variables) => string | null

/** Makes the judge of one template. */
export function createFaultOf(template: MessageTemplate): FaultOf {
  const judge = createJudge(compileTemplate(template))
  return (values) => {
    const verdict = judge.of(values)
    return verdict.ok ? null : verdict.reason
  }
}

/** Variables of a template that no lead has a field for, as they are named to people. */
export const unknownInWords = (template: MessageTemplate, known: ReadonlySet<string>): string[] =>
  unknownVariables(template, known).map(({ name }) => `{{ ${name} }} is not known.`)
