import { CircleCheck, CircleX, Clock, type LucideIcon, Play, Square, TriangleAlert } from 'lucide-react'
import type { ChipTone } from '@/components/ui/chip'
import { formatCount, formatOf, inNumber } from '@/components/ui/numbers'
import type { RunView, SourceYield } from '../api-types'

type Look = { word: string; icon: LucideIcon; tone: ChipTone }

const failedSources = ({ sources }: Pick<RunView, 'sources'>) => sources.filter(({ failure }) => failure !== null)

/** How a run stands: a run of which some sources failed says so, since what the others found is kept. */
export function runLook(run: Pick<RunView, 'status' | 'sources'>): Look {
  const failed = failedSources(run).length
  switch (run.status) {
    case 'pending':
      return { word: 'About to begin', icon: Clock, tone: 'neutral' }
    case 'running':
      return { word: 'Under way', icon: Play, tone: 'accent' }
    case 'completed':
      return failed > 0
        ? { word: `Completed, ${formatOf(failed, 'source')} failed`, icon: TriangleAlert, tone: 'held' }
        : { word: 'Completed', icon: CircleCheck, tone: 'sent' }
    case 'failed':
      return { word: 'Failed', icon: CircleX, tone: 'failed' }
    case 'stopped':
      return { word: 'Stopped', icon: Square, tone: 'neutral' }
  }
}

/** "1 request in doubt": paid requests whose answer was lost, and what that means. Null without any. */
export function doubtWords(inDoubt: number, people = 0): string | null {
  if (inDoubt === 0) return null
  const one = inDoubt === 1
  const bought =
    people > 0 ? `up to ${formatOf(people, 'person', 'people')} may have been paid for` : 'it may have been paid for'
  return `${formatOf(inDoubt, 'request')} in doubt: the answer was lost on the way, so ${bought}. ${
    one ? 'It was' : 'They were'
  } not made again; who was meant comes up again in the next run.`
}

type Effort = Pick<SourceYield, 'requests' | 'credits' | 'seen'>

/** The failure of a source, with its name where the message lacks it. */
export const failureWords = (label: string, message: string) =>
  message.startsWith(label.split(' ', 1)[0] ?? label) ? message : `${label}: ${message}`

/** "4 requests, 40 credits, 12 known from before". */
export function effortWords({ requests, credits, seen }: Effort): string {
  return [
    formatOf(requests, 'request'),
    credits > 0 ? `${creditCount(credits)} ${inNumber(credits, 'credit', 'credits')}` : null,
    seen > 0 ? `${formatCount(seen)} known from before` : null,
  ]
    .filter(Boolean)
    .join(', ')
}

/** Credits may be fractional; a tenth is exact enough to read. */
export const creditCount = (credits: number) =>
  new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 }).format(credits)

/** The progress of one source in a run that is under way: "Apollo 40 of 100". */
export const sourceProgressWords = ({ label, found, cap }: Pick<SourceYield, 'label' | 'found' | 'cap'>) =>
  `${label} ${formatCount(Math.min(found, cap))} of at most ${formatCount(cap)}`

/** The result of a run, in a sentence: "It added 87 of 120 leads found." */
export function broughtWords({ totals: { found, added } }: Pick<RunView, 'totals'>): string {
  if (found === 0) return 'It found nobody.'
  return `It added ${formatCount(added)} of ${formatOf(found, 'lead')} found.`
}
