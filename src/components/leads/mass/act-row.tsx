'use client'

import { CircleCheck, CircleStop, Loader, RotateCw, TriangleAlert, Undo2, X } from 'lucide-react'
import { useMayWrite } from '@/components/shell/user'
import { OwnTimeAgo } from '@/components/time/own-time'
import { Button, IconButton } from '@/components/ui/button'
import { ProgressBar } from '@/components/ui/data/progress-bar'
import { notifyFailed } from '@/components/ui/overlays/toast'
import { api, messageOf } from '@/trpc/react'
import type { MassAct } from '../api-types'
import { actWords, detailWords } from './mass-text'

const ICONS = { done: CircleCheck, stopped: CircleStop, failed: TriangleAlert, working: Loader }
const TONES = { done: 'text-sent-ink', stopped: 'text-held-ink', failed: 'text-failed-ink', working: 'text-ink-3' }

/** An act on many leads: how far it is or what it did, who began it, and Stop or Undo. `onClose`: puts it out of sight. */
export function ActRow({ act, onClose }: { act: MassAct; onClose?: () => void }) {
  const utils = api.useUtils()
  const mayWrite = useMayWrite()
  const settle = {
    onSettled: () => void utils.massActs.invalidate(),
    onError: (error: unknown) => notifyFailed(messageOf(error)),
  }
  const stop = api.massActs.stop.useMutation(settle)
  const undo = api.massActs.undo.useMutation(settle)
  const { state, done, total, endedAt, actorName } = act
  const Icon = ICONS[state]
  const details = detailWords(act)
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-2 text-control">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${TONES[state]}`} />
      <div className="min-w-0 flex-1 basis-[220px]">
        {state === 'working' ? (
          <ProgressBar label={actWords(act)} value={done} max={total} />
        ) : (
          <p role="status" className="font-medium [overflow-wrap:anywhere]">
            {actWords(act)}.
          </p>
        )}
        {details.length > 0 && <p className="text-ink-2 [overflow-wrap:anywhere]">{details.join(' · ')}.</p>}
        <p className="text-caption text-ink-3">
          {actorName ?? 'Somebody'}
          {endedAt && (
            <>
              {', '}
              <OwnTimeAgo at={endedAt} everyMs={60_000} />
            </>
          )}
          {act.undone && ' · taken back'}
        </p>
      </div>
      <div className="flex gap-1">
        {state === 'working' && mayWrite && (
          <Button size="sm" pending={stop.isPending} onClick={() => stop.mutate({ id: act.id })}>
            Stop
          </Button>
        )}
        {act.undoable && mayWrite && (
          <Button
            size="sm"
            icon={act.undoes ? RotateCw : Undo2}
            pending={undo.isPending}
            onClick={() => undo.mutate({ id: act.undoes ?? act.id })}
          >
            {act.undoes ? 'Go on' : 'Undo'}
          </Button>
        )}
        {onClose && state !== 'working' && <IconButton size="sm" icon={X} label="Close" onClick={onClose} />}
      </div>
    </div>
  )
}
