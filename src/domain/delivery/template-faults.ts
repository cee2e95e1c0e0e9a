import type { Verdict } from './outcome'

/** So many different emails of a campaign refused for their content, none accepted in between, pause the campaign. */
export const MAX_TEMPLATE_FAULTS = 3

type Judged = { verdict: Verdict }
type TemplateVerdict = Extract<Verdict, { kind: 'template' }>

export type FaultCount<T extends Judged> = {
  /** An email was accepted: the campaign's count starts at zero before the faults below are added. */
  restarts: boolean
  /** Emails refused for their content, in the order in which they are to be added. */
  faults: (T & { verdict: TemplateVerdict })[]
  /** The count is zero afterwards. */
  isZero: boolean
}

/**
 * Returns what one batch does to the count of template faults of one campaign. `isZero`: the count is known to be zero
 * already, so that it need not be set again for each batch.
 */
export function countTemplateFaults<T extends Judged>(judged: readonly T[], isZero: boolean): FaultCount<T> {
  const restarts = !isZero && judged.some(({ verdict }) => verdict.kind === 'sent')
  const faults = judged.filter(isTemplateFault)
  return { restarts, faults, isZero: (isZero || restarts) && faults.length === 0 }
}

const isTemplateFault = <T extends Judged>(judged: T): judged is T & { verdict: TemplateVerdict } =>
  judged.verdict.kind === 'template'
