import type { Deps } from '@/deps'
import type { CampaignWithParts } from './find-campaign'

/** What the parts of the pre-flight list read. */
export type PreflightDeps = Pick<Deps, 'db' | 'config' | 'log' | 'leadSources' | 'clock'>

/** One line of the pre-flight list. `block` lines must be fixed before the campaign can start. */
export type Check = {
  key:
    | 'sources'
    | 'criteria'
    | 'recurrence'
    | 'leads'
    | 'sequence'
    | 'variables'
    | 'batches'
    | 'mailboxes'
    | 'postal_address'
  level: 'ok' | 'warn' | 'block'
  title: string
  detail: string | null
  /** Where it can be fixed. */
  fix: { label: string; href: string } | null
}

/** A page of the campaign's editor, where a line can be fixed. */
export const editorPage = ({ id }: CampaignWithParts, step: string) => `/campaigns/${id}/edit?step=${step}`

/** "1 lead", "3 batches". */
export function counted(n: number, noun: string): string {
  const plural = noun.endsWith('ch') || noun.endsWith('x') ? `${noun}es` : `${noun}s`
  return `${n.toLocaleString('en')} ${n === 1 ? noun : plural}`
}
