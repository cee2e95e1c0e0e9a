'use client'

import { useRouter } from 'next/navigation'
import type { useKeptDraft } from '@/components/hooks/use-kept-draft'
import { notifyDone, notifyFailed } from '@/components/ui/overlays/toast'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import { contentOf, type TemplateDraft } from './template-draft'

export type TemplateForm = ReturnType<typeof useKeptDraft<TemplateDraft>>

/** Saves what stands in the editor; a new template gets an address of its own. */
export function useSaveTemplate({ id, form }: { id: string | undefined; form: TemplateForm }) {
  const utils = api.useUtils()
  const router = useRouter()
  const create = api.templates.create.useMutation()
  const update = api.templates.update.useMutation()
  const refresh = () => utils.templates.invalidate()
  const onError = (error: unknown) => notifyFailed(messageOf(error))
  const saving = create.isPending || update.isPending

  const save = () => {
    if (saving) return
    const { draft, seenAt } = form
    if (!draft.name.trim()) return notifyFailed('Give the template a name.', { description: 'Nothing was saved.' })
    const input = { name: draft.name, ...contentOf(draft) }
    if (id) {
      update.mutate(
        { id, ...input, seenAt },
        {
          onSuccess: ({ updatedAt }) => {
            form.settle(draft, updatedAt)
            notifyDone('Saved.')
            void refresh()
          },
          onError,
        },
      )
    } else {
      create.mutate(input, {
        onSuccess: (created) => {
          form.forget()
          notifyDone('Saved.')
          void refresh()
          router.replace(routes.template(created.id))
        },
        onError,
      })
    }
  }
  return { save, saving }
}
