'use client'

import { copyName, useCopy } from '@/components/hooks/use-copy'
import { routes } from '@/routes'
import { api } from '@/trpc/react'

/** Copies a saved template and opens the copy. */
export function useDuplicateTemplate() {
  const { client, templates } = api.useUtils()
  return useCopy({
    make: async (id) => {
      const { name, subject, bodyText, bodyHtml, confirmedTexts } = await client.templates.get.query({ id })
      return client.templates.create.mutate({ name: copyName(name), subject, bodyText, bodyHtml, confirmedTexts })
    },
    refresh: () => templates.invalidate(),
    hrefOf: routes.template,
    note: 'This is the copy; nothing uses it yet.',
  })
}
