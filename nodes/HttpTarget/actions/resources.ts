import type { Resource } from '../../operation';
import { applyPlan } from './record/applyPlan.operation';
import { getMany } from './record/getMany.operation';
import { getRemembered } from './record/getRemembered.operation';

export const resources: Resource[] = [{ value: 'record', name: 'Record', description: 'Whatever the endpoint keeps of a person, a device or anything else', operations: [getMany, getRemembered, applyPlan] }];
