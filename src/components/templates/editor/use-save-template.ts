'use client'

import { useState } from 'react'
import type { useKeptDraft } from '@/components/hooks/use-kept-draft'
import { useSaveKept } from '@/components/hooks/use-save-kept'
import { routes } from '@/routes'
import { api, detailsOf } from '@/trpc/react'
import { type BrokenEmails, brokenEmailsOf } from './broken-emails'
import { contentOf, type TemplateDraft } from './template-draft'

export type TemplateForm = ReturnType<typeof useKeptDraft<TemplateDraft>>

/** A save that was refused because planned emails could not be made any more, until a person wants it all the same. */
export type SaveQuestion = BrokenEmails & { confirm: () => void; close: () => void }

/** Saves what stands in the editor; a new template gets an address of its own. */
export function useSaveTemplate({ id, form }: { id: string | undefined; form: TemplateForm }) {
  const utils = api.useUtils()
  const { isPending, mutate } = api.templates.update.useMutation()
  const [question, setQuestion] = useState<SaveQuestion | null>(null)
  const close = () => setQuestion(null)
  const update: typeof mutate = (input, options) =>
    mutate(input, {
      ...options,
      onError: (error, ...rest) => {
        const broken = brokenEmailsOf(detailsOf(error))
        if (!broken) return options?.onError?.(error, ...rest)
        const confirm = () => {
          close()
          mutate({ ...input, confirmed: true }, options)
        }
        setQuestion({ ...broken, confirm, close })
      },
    })
  const kept = useSaveKept({
    id,
    form,
    read: (draft: TemplateDraft) =>
      draft.name.trim()
        ? { input: { name: draft.name, ...contentOf(draft), confirmedTexts: [...draft.confirmedTexts] } }
        : { problem: 'Give the template a name.' },
    create: api.templates.create.useMutation(),
    update: { isPending, mutate: update },
    refresh: () => utils.templates.invalidate(),
    hrefOf: routes.template,
  })
  return { ...kept, question }
}
