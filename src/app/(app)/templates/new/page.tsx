import type { Metadata } from 'next'
import { NewTemplatePage } from '@/components/templates/editor/new-template-page'

export const metadata: Metadata = { title: 'New template' }

export default function Page() {
  return <NewTemplatePage />
}
