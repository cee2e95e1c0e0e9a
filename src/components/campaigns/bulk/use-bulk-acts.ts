'use client'

import { useRef, useState } from 'react'
import { notifyDone } from '@/components/ui/overlays/toast'
import { api } from '@/trpc/react'
import { useRefreshCampaigns } from '../dialogs/use-campaign-actions'
import { type BulkAct, type Done, doneWords, type Outcome, UNDO } from './bulk-acts'
import { runBulk } from './run-bulk'

type Working = { act: BulkAct; asked: number; total: number }
/** An act that some refused. */
export type Ended = Outcome & { act: BulkAct }

/**
 * Acts on many campaigns, each by the call of one, so that each is guarded, recorded and told as if it had been asked for alone. Where
 * all is done, a toast with one Undo; where some are not, `ended` names them.
 */
export function useBulkActs() {
  const { client } = api.useUtils()
  const refresh = useRefreshCampaigns()
  const [working, setWorking] = useState<Working | null>(null)
  const [ended, setEnded] = useState<Ended | null>(null)
  const stopping = useRef<AbortController | null>(null)

  const calls: Record<BulkAct, (campaign: Done) => Promise<{ copyId: string } | undefined>> = {
    pause: ({ id }) => client.campaigns.pause.mutate({ campaignId: id }).then(nothing),
    resume: ({ id }) => client.campaigns.resume.mutate({ campaignId: id }).then(nothing),
    archive: ({ id }) => client.campaigns.archive.mutate({ campaignId: id }).then(nothing),
    unarchive: ({ id }) => client.campaigns.unarchive.mutate({ campaignId: id }).then(nothing),
    duplicate: ({ id }) => client.campaigns.duplicate.mutate({ campaignId: id }).then((copy) => ({ copyId: copy.id })),
    delete: ({ id, copyId }) => client.campaigns.delete.mutate({ campaignId: copyId ?? id }).then(nothing),
  }

  const run = async (act: BulkAct, campaigns: readonly Done[]) => {
    if (campaigns.length === 0) return
    const stop = new AbortController()
    stopping.current = stop
    const total = campaigns.length
    setWorking({ act, asked: 0, total })
    const outcome = await runBulk(campaigns, calls[act], {
      signal: stop.signal,
      onDone: (asked) => setWorking({ act, asked, total }),
    })
    setWorking(null)
    void refresh()
    if (outcome.refused.length > 0 || outcome.notAsked > 0) return setEnded({ ...outcome, act })
    const back = UNDO[act]
    notifyDone(`${doneWords(act, outcome.done.length)}.`, back ? { undo: () => void run(back, outcome.done) } : {})
  }

  const takeBack = ({ act, done }: Ended) => {
    setEnded(null)
    const back = UNDO[act]
    if (back) void run(back, done)
  }

  return { run, working, stop: () => stopping.current?.abort(), ended, close: () => setEnded(null), takeBack }
}

const nothing = () => undefined

export type BulkActs = ReturnType<typeof useBulkActs>
