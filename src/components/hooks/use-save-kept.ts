'use client'

import { useRouter } from 'next/navigation'
import { notifyDone, notifyFailed } from '@/components/ui/overlays/toast'
import { messageOf } from '@/trpc/react'
import type { useKeptDraft } from './use-kept-draft'

type Mutation<Input, Saved> = {
  isPending: boolean
  mutate: (input: Input, options: { onSuccess: (saved: Saved) => void; onError: (error: unknown) => void }) => void
}

/** Saves a kept draft: as something new, which then gets an address of its own, or over the version it began from. */
export function useSaveKept<Draft extends object, Input extends object>({
  id,
  form,
  read,
  create,
  update,
  refresh,
  hrefOf,
}: {
  /** Of what is saved already. */
  id: string | undefined
  form: ReturnType<typeof useKeptDraft<Draft>>
  read: (draft: Draft) => { problem: string } | { input: Input }
  create: Mutation<Input, { id: string }>
  update: Mutation<
    Input & { id: string; seenAt: Date | undefined },
    { updatedAt: Date /** The emails and campaigns that the save reached, in a sentence. */; reach?: string | null }
  >
  /** Makes lists read it again. */
  refresh: () => unknown
  hrefOf: (id: string) => string
}) {
  const router = useRouter()
  const onError = (error: unknown) => notifyFailed(messageOf(error))
  const saving = create.isPending || update.isPending

  const save = () => {
    if (saving) return
    const { draft, seenAt } = form
    const answer = read(draft)
    if ('problem' in answer) return notifyFailed(answer.problem, { description: 'Nothing was saved.' })
    if (id) {
      update.mutate(
        { ...answer.input, id, seenAt },
        {
          onSuccess: ({ updatedAt, reach }) => {
            form.settle(draft, updatedAt)
            notifyDone('Saved.', reach ? { description: reach } : {})
            void refresh()
          },
          onError,
        },
      )
    } else {
      create.mutate(answer.input, {
        onSuccess: (created) => {
          form.forget()
          notifyDone('Saved.')
          void refresh()
          router.replace(hrefOf(created.id))
        },
        onError,
      })
    }
  }
  return { save, saving }
}
