export { GenerationAside } from './generation-aside'
export { GenerationCards } from './generation-cards'
