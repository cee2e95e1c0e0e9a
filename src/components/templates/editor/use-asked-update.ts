'use client'

import { useState } from 'react'
import { detailsOf } from '@/trpc/react'
import { type BrokenEmails, brokenEmailsOf } from './broken-emails'

/** A save that was refused because planned emails could not be made any more, until a person wants it all the same. */
export type SaveQuestion = BrokenEmails & { confirm: () => void; close: () => void }

type Update<Input, Saved> = {
  isPending: boolean
  mutate: (input: Input, options: { onSuccess: (saved: Saved) => void; onError: (error: unknown) => void }) => void
}

/** An update that asks before it keeps planned emails from being made. */
export function useAskedUpdate<Input extends object, Saved>({
  isPending,
  mutate,
}: Update<Input & { confirmed?: boolean }, Saved>) {
  const [question, setQuestion] = useState<SaveQuestion | null>(null)
  const close = () => setQuestion(null)
  const asked: Update<Input, Saved>['mutate'] = (input, options) =>
    mutate(input, {
      ...options,
      onError: (error) => {
        const broken = brokenEmailsOf(detailsOf(error))
        if (!broken) return options.onError(error)
        const confirm = () => {
          close()
          mutate({ ...input, confirmed: true }, options)
        }
        setQuestion({ ...broken, confirm, close })
      },
    })
  return { update: { isPending, mutate: asked }, question }
}
