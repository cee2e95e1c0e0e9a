import { formatOf } from '@/components/ui/numbers'

type Loaded = { templatesAdded: number; workflowsAdded: number; leadsAdded: number; addressAdded: boolean }

/** The outcome of loading the sample data: the fact, and the next step. */
export function sampleWords({ templatesAdded, workflowsAdded, leadsAdded, addressAdded }: Loaded) {
  const parts = [
    ...(leadsAdded > 0 ? [formatOf(leadsAdded, 'lead')] : []),
    ...(templatesAdded > 0 ? [formatOf(templatesAdded, 'template')] : []),
    ...(workflowsAdded > 0 ? [formatOf(workflowsAdded, 'workflow')] : []),
    ...(addressAdded ? ['a sample postal address'] : []),
  ]
  if (parts.length === 0) return { title: 'The sample data was there already.', description: 'Nothing was added.' }
  const last = parts.pop()
  const list = parts.length > 0 ? `${parts.join(', ')} and ${last}` : last
  return {
    title: `Added ${list}.`,
    description: 'Create a campaign with them: in the sandbox, no email leaves this machine.',
  }
}
