import { hostileConnections } from './hostile-connections.ts'

hostileConnections(1)
