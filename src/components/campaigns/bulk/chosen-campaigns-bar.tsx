'use client'

import { Archive, ArchiveRestore, Copy, Pause, Play } from 'lucide-react'
import { useState } from 'react'
import { BarOfChosen } from '@/components/lists/bar-of-chosen'
import { Button } from '@/components/ui/button'
import { ProgressBar } from '@/components/ui/data/progress-bar'
import { formatCount } from '@/components/ui/numbers'
import { CHOSEN_CAMPAIGNS_AT_MOST } from '@/domain/campaign/sorts'
import { api } from '@/trpc/react'
import type { ChosenCampaign, MatchingCampaigns } from '../api-types'
import { type BulkAct, fitting, UNDER_WAY } from './bulk-acts'
import { EndedDialog } from './ended-dialog'
import { ResumeManyDialog } from './resume-many-dialog'
import { useBulkActs } from './use-bulk-acts'

const BUTTONS = [
  { act: 'pause', label: 'Pause', icon: Pause },
  { act: 'resume', label: 'Resume', icon: Play },
  { act: 'duplicate', label: 'Duplicate', icon: Copy },
  { act: 'archive', label: 'Archive', icon: Archive },
  { act: 'unarchive', label: 'Take out of the archive', icon: ArchiveRestore },
] as const satisfies readonly { act: BulkAct; label: string; icon: unknown }[]

/**
 * The acts on the chosen campaigns, each for those that it is one for; progress while one is on its way, and who refused, with the
 * reason. Stays for that where none is chosen any more.
 */
export function ChosenCampaignsBar({
  chosen,
  all,
  total,
  canChooseAll,
  onChooseAll,
  onClear,
}: {
  chosen: readonly ChosenCampaign[]
  /** The filter of the list, where all that match are chosen. */
  all: MatchingCampaigns | null
  /** How many match. */
  total: number
  canChooseAll: boolean
  onChooseAll: () => void
  onClear: () => void
}) {
  const acts = useBulkActs()
  const [resuming, setResuming] = useState<readonly ChosenCampaign[]>([])
  const matching = api.campaigns.matching.useQuery(all ?? {}, { enabled: all !== null })
  const rows = all ? (matching.data ?? []) : chosen
  const begin = (act: BulkAct) => {
    const those = fitting(act, rows)
    if (act === 'resume') return setResuming(those)
    onClear()
    void acts.run(act, those)
  }
  const { working } = acts
  return (
    <>
      {working && (
        <BarOfChosen what="campaigns" label={UNDER_WAY[working.act]}>
          <ProgressBar
            className="min-w-40 flex-1"
            label={UNDER_WAY[working.act]}
            value={working.asked}
            max={working.total}
          />
          <Button onClick={acts.stop}>Stop</Button>
        </BarOfChosen>
      )}
      {!working && (all || chosen.length > 0) && (
        <BarOfChosen
          what="campaigns"
          label={all ? allWords(total, rows.length) : `${formatCount(chosen.length)} selected`}
          more={
            canChooseAll && (
              <Button variant="link" onClick={onChooseAll}>
                Select all {formatCount(total)} that match
              </Button>
            )
          }
          onClear={onClear}
        >
          <ActButtons rows={rows} onAct={begin} />
        </BarOfChosen>
      )}
      <ResumeManyDialog
        campaigns={resuming}
        open={resuming.length > 0}
        onOpenChange={(open) => open || setResuming([])}
        onConfirm={() => {
          onClear()
          void acts.run('resume', resuming)
          setResuming([])
        }}
      />
      <EndedDialog acts={acts} />
    </>
  )
}

/** Each act that is one for some of them, with how many. */
const ActButtons = ({ rows, onAct }: { rows: readonly ChosenCampaign[]; onAct: (act: BulkAct) => void }) =>
  BUTTONS.map(({ act, label, icon }) => {
    const count = fitting(act, rows).length
    return (
      count > 0 && (
        <Button key={act} icon={icon} onClick={() => onAct(act)}>
          {label} {formatCount(count)}
          {act === 'resume' && '…'}
        </Button>
      )
    )
  })

const allWords = (total: number, there: number) =>
  total > CHOSEN_CAMPAIGNS_AT_MOST
    ? `The first ${formatCount(there || CHOSEN_CAMPAIGNS_AT_MOST)} of ${formatCount(total)} that match are selected: so many at once at the most`
    : `All ${formatCount(total)} that match are selected`
