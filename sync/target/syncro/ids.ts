import { SyncError } from '../../model/syncError';

/** @throws SyncError class `input` when the text is not an id of Syncro, which are whole numbers */
export function idNumber(id: string, noun: string): number {
	if (/^\d{1,15}$/.test(id)) return Number(id);
	throw new SyncError(`"${id}" is not the id of a Syncro ${noun}.`, {
		class: 'input',
		code: 'syncro.id',
		remedy: `Ids of Syncro are whole numbers. Choose the ${noun} from the list, or take the number from its address in Syncro.`,
	});
}

/** Whether a value of an answer is an id. */
export function isId(value: unknown): value is number | string {
	return Number.isSafeInteger(value) || (typeof value === 'string' && /^\d+$/.test(value));
}
