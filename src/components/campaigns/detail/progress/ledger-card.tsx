'use client'

import { useEffect, useRef, useState } from 'react'
import { Card } from '@/components/ui/card'
import { Ledger } from '@/components/ui/data/ledger'
import { formatCount } from '@/components/ui/numbers'
import type { Ledger as Counts } from '@/domain/campaign/progress'
import { routes } from '@/routes'
import { ledgerSegments, plannedTotal } from '../../status/ledger-segments'
import { sentCaption } from './ledger-text'

const ANNOUNCE_MS = 10_000

/** The ledger of a campaign: what was planned is always the sum of its parts, and each part opens its emails. */
export function LedgerCard({
  campaignId,
  ledger,
  assumed,
}: {
  campaignId: string
  ledger: Counts
  /** Sent, though no server has said so. */
  assumed: number
}) {
  return (
    <Card aria-label="Progress">
      <Ledger
        all
        figure={ledger.sent}
        caption={sentCaption(ledger, assumed)}
        segments={ledgerSegments(ledger, (status) => routes.campaignEmails(campaignId, status))}
        total={plannedTotal(ledger)}
      />
      <Announcement words={`${formatCount(ledger.sent)} of ${formatCount(ledger.planned)} emails sent`} />
    </Card>
  )
}

/** Reads changes out, at most every 10 s. */
function Announcement({ words }: { words: string }) {
  const [said, setSaid] = useState('')
  const first = useRef(words)
  const saidAt = useRef(0)
  useEffect(() => {
    if (words === first.current) return
    first.current = ''
    const rest = Math.max(0, saidAt.current + ANNOUNCE_MS - Date.now())
    const timer = setTimeout(() => {
      saidAt.current = Date.now()
      setSaid(words)
    }, rest)
    return () => clearTimeout(timer)
  }, [words])
  return (
    <p aria-live="polite" className="sr-only">
      {said}
    </p>
  )
}
