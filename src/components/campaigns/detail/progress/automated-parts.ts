// One part for campaigns that find leads and write to them: in two, what both show would come twice.
export { GenerationAside } from '../../runs/generation-aside'
export { GenerationCards } from '../../runs/generation-cards'
export { EmailCards } from './email-cards'
