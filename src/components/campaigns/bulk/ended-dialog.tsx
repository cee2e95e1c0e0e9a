'use client'

import { Undo2 } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { formatOf, inNumber } from '@/components/ui/numbers'
import { Dialog } from '@/components/ui/overlays/dialog'
import { doneWords, missedWords, UNDO } from './bulk-acts'
import type { BulkActs } from './use-bulk-acts'

/** What an act on many campaigns did where not all were done: each that refused, with its reason, and one Undo for the others. */
export function EndedDialog({
  acts: { ended, close, takeBack },
}: {
  acts: Pick<BulkActs, 'ended' | 'close' | 'takeBack'>
}) {
  if (!ended) return null
  const { act, done, refused } = ended
  const hasUndo = UNDO[act] !== undefined && done.length > 0
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={done.length > 0 ? `${doneWords(act, done.length)}.` : 'No campaign was changed.'}
      description={`${missedWords(ended)}.`}
      footer={
        <>
          {hasUndo && (
            <Button icon={Undo2} onClick={() => takeBack(ended)}>
              {`Undo for ${formatOf(done.length, 'campaign')}`}
            </Button>
          )}
          <Button variant="primary" onClick={close}>
            Close
          </Button>
        </>
      }
    >
      {refused.length > 0 && (
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
          tabIndex={0}
          aria-label={`${inNumber(refused.length, 'Campaign', 'Campaigns')} that refused`}
          className="max-h-72 overflow-y-auto rounded-control border"
        >
          <ul className="divide-y">
            {refused.map(({ name, why }) => (
              <li key={`${name} ${why}`} className="px-3 py-2 text-control [overflow-wrap:anywhere]">
                <span className="font-medium">{name}</span>
                <span className="block text-ink-2">{why}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Dialog>
  )
}
