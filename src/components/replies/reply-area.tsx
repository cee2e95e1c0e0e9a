'use client'

import { Forward, Reply as ReplyIcon } from 'lucide-react'
import { useState } from 'react'
import { useBareKeys } from '@/components/hooks/use-bare-keys'
import { useRole } from '@/components/shell/user'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { Deferred } from '@/components/ui/later/deferred'
import { later } from '@/components/ui/later/later'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { ReplyKind } from '@/domain/reply/state'
import { isAtLeast } from '@/domain/team/roles'
import { api } from '@/trpc/react'
import { draftKey, type Reply, type ReplyDraft } from './reply-types'

const composer = later(() => import('./reply-composer'))
const entry = later(() => import('./reply-entry'))

/** Below a message that was received: what we have replied to it, and a reply that is being written; with `byKey`, R begins one. */
export function ReplyArea({
  messageId,
  subject,
  byKey = false,
}: {
  messageId: string
  subject: string
  byKey?: boolean
}) {
  const utils = api.useUtils()
  const mayWrite = isAtLeast(useRole(), 'member')
  const [kind, setKind] = useState<ReplyKind | null>(null)
  const [drafts, setDrafts] = useState<Record<string, { kind: ReplyKind; draft: ReplyDraft }>>({})
  const replies = api.replies.list.useQuery(
    { messageIds: [messageId] },
    { refetchInterval: ({ state }) => (isMoving(state.data ?? []) ? 1_000 : 15_000) },
  )
  const undone = (id: string) => {
    const typed = drafts[id]
    if (!typed) return
    sessionStorage.setItem(draftKey(messageId, typed.kind), JSON.stringify({ draft: typed.draft, seenAt: '' }))
    setKind(typed.kind)
  }
  useBareKeys(byKey && mayWrite ? { r: () => setKind((open) => open ?? 'answer') } : {})
  const written = replies.data ?? []
  return (
    <div className="mt-2 grid gap-2">
      {written.length > 0 && (
        <Deferred part={entry} waiting={<SkeletonRows rows={1} label="Loading the replies" />}>
          {({ ReplyEntry }) => (
            <ol aria-label={`Replies to “${subject}”`} className="grid gap-px">
              {written.map((reply) => (
                <ReplyEntry key={reply.id} reply={reply} onUndone={undone} />
              ))}
            </ol>
          )}
        </Deferred>
      )}
      {mayWrite && kind === null && (
        <div className="flex gap-2 px-[18px]">
          <Button
            icon={ReplyIcon}
            {...(byKey ? { 'aria-keyshortcuts': 'r' } : { 'aria-label': `Reply to “${subject}”` })}
            onClick={() => setKind('answer')}
          >
            Reply {byKey && <Kbd>R</Kbd>}
          </Button>
          <Button icon={Forward} aria-label={`Forward “${subject}”`} onClick={() => setKind('forward')}>
            Forward
          </Button>
        </div>
      )}
      {kind !== null && (
        <Deferred part={composer} waiting={<SkeletonRows rows={3} label="Loading the message" />}>
          {({ ReplyComposer }) => (
            <ReplyComposer
              messageId={messageId}
              kind={kind}
              onClose={() => setKind(null)}
              onSent={(id, draft) => {
                setDrafts((before) => ({ ...before, [id]: { kind, draft } }))
                setKind(null)
                void utils.replies.list.invalidate()
              }}
            />
          )}
        </Deferred>
      )}
    </div>
  )
}

const isMoving = (replies: readonly Reply[]): boolean =>
  replies.some(({ status, reason }) => status === 'sending' || (status === 'pending' && reason === null))
