import type { Metadata } from 'next'
import { NewWorkflowPage } from '@/components/workflows/editor/new-workflow-page'

export const metadata: Metadata = { title: 'New workflow' }

export default function Page() {
  return <NewWorkflowPage />
}
