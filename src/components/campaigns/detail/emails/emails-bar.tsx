'use client'

import { RotateCw } from 'lucide-react'
import { useState } from 'react'
import { useMayWrite } from '@/components/shell/user'
import { Button } from '@/components/ui/button'
import { formatOf } from '@/components/ui/numbers'
import type { EmailStatus, Ledger } from '@/domain/campaign/progress'
import type { CampaignDetails, CampaignEmail } from '../../api-types'
import { type HeldChoice, ResolveHeldDialog } from '../../dialogs/resolve-held-dialog'
import { RetryDialog } from '../../dialogs/retry-dialog'

/**
 * What can be done with failed and held emails: with the chosen ones, or, when the list is filtered to one of these
 * states and none is chosen, with all of it; by those who may do it.
 */
export function EmailsBar({
  campaign,
  ledger,
  status,
  chosen,
  onClear,
}: {
  campaign: CampaignDetails
  ledger: Ledger
  status: EmailStatus | null
  chosen: readonly CampaignEmail[]
  onClear: () => void
}) {
  const mayWrite = useMayWrite()
  const [retrying, setRetrying] = useState(false)
  const [choice, setChoice] = useState<HeldChoice | null>(null)
  const idsOf = (state: EmailStatus) => chosen.filter((email) => email.status === state).map(({ id }) => id)
  const failed = idsOf('failed')
  const held = idsOf('held')
  const some = chosen.length > 0
  const failedCount = some ? failed.length : status === 'failed' ? ledger.failed : 0
  const heldCount = some ? held.length : status === 'held' ? ledger.held : 0
  const whole = some ? '' : 'all '
  return (
    <>
      {mayWrite && failedCount + heldCount > 0 && (
        <section aria-label="Failed and held emails" className="mb-3 flex flex-wrap items-center gap-2 text-control">
          {some && <span className="text-ink-2">{formatOf(chosen.length, 'email')} chosen</span>}
          {failedCount > 0 && (
            <Button icon={RotateCw} onClick={() => setRetrying(true)}>
              Retry {whole}
              {formatOf(failedCount, 'failed email')}
            </Button>
          )}
          {heldCount > 0 && (
            <>
              <Button onClick={() => setChoice('delivered')}>
                Treat {whole}
                {formatOf(heldCount, 'held email')} as delivered
              </Button>
              {campaign.status !== 'completed' && <Button onClick={() => setChoice('again')}>Send again</Button>}
            </>
          )}
          {some && (
            <Button variant="ghost" onClick={onClear}>
              Clear
            </Button>
          )}
        </section>
      )}
      <RetryDialog
        campaign={campaign}
        count={failedCount}
        ids={some ? failed : undefined}
        open={retrying}
        onOpenChange={setRetrying}
        onDone={onClear}
      />
      <ResolveHeldDialog
        campaignId={campaign.id}
        count={heldCount}
        ids={some ? held : undefined}
        choice={choice}
        onClose={() => setChoice(null)}
        onDone={onClear}
      />
    </>
  )
}
