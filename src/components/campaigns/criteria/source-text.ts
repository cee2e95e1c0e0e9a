import type { LeadSourceState } from '../api-types'

type State = Pick<LeadSourceState, 'source' | 'keySet' | 'enabled' | 'testResult'>

const isReady = ({ keySet, enabled }: State) => keySet && enabled

/** The obstacle to using a source, in one or two sentences; null when nothing does. */
export function sourceTrouble(state: State, all: readonly State[], chosen: boolean): string | null {
  if (!state.keySet) return 'It has no key yet.'
  if (!state.enabled) return 'It is switched off.'
  if (state.testResult && !state.testResult.ok) return state.testResult.problem
  if (chosen && state.source === 'google_places' && !all.some((one) => one.source === 'hunter' && isReady(one))) {
    return 'It knows companies, not addresses. With Hunter switched on, people are looked for at each; without, nobody can be written to.'
  }
  return null
}
