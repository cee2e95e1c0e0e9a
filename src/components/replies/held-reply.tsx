'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import { notifyDone } from '@/components/ui/overlays/toast'
import { api, messageOf } from '@/trpc/react'

const WORDS = {
  delivered: {
    act: 'Treat as sent',
    title: 'Treat the reply as sent?',
    meaning: 'It stands in the conversation as sent. If it did not arrive after all, they never get it.',
    done: 'The reply counts as sent.',
  },
  again: {
    act: 'Send again',
    title: 'Send the reply again?',
    meaning: 'It leaves under the same Message-ID. If it arrived after all, they get it twice.',
    done: 'The reply leaves in a moment.',
  },
} as const

type Choice = keyof typeof WORDS

/** A person decides about a reply of which nobody knows whether it left; what either may do is said first. */
export function HeldReply({ id, refresh }: { id: string; refresh: () => Promise<unknown> }) {
  const [choice, setChoice] = useState<Choice | null>(null)
  const resolve = api.replies.resolveHeld.useMutation({ onSettled: refresh })
  const { act, title, meaning, done } = WORDS[choice ?? 'delivered']
  const close = () => {
    resolve.reset()
    setChoice(null)
  }
  const confirm = () => {
    if (!choice) return
    resolve.mutate(
      { id, choice },
      {
        onSuccess: () => {
          close()
          notifyDone(done)
        },
      },
    )
  }
  return (
    <>
      <Button onClick={() => setChoice('delivered')}>{WORDS.delivered.act}</Button>
      <Button onClick={() => setChoice('again')}>{WORDS.again.act}</Button>
      <ConfirmDialog
        open={choice !== null}
        onOpenChange={(open) => !open && close()}
        title={title}
        confirmLabel={act}
        pending={resolve.isPending}
        error={resolve.error && messageOf(resolve.error)}
        onConfirm={confirm}
      >
        <p>{meaning}</p>
      </ConfirmDialog>
    </>
  )
}
