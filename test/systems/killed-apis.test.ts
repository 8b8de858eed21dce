import { killedApis } from '../hostile-source/killed-apis.ts'

killedApis(20, 'large')
