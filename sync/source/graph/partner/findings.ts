import type { Checked, Finding } from '../../../model/customerCheck';

export const ok = (checked: Checked, message: string): Finding => ({ checked, state: 'ok', message, whatToDo: '' });
export const info = (checked: Checked, message: string, whatToDo = ''): Finding => ({ checked, state: 'info', message, whatToDo });
export const gap = (checked: Checked, message: string, whatToDo: string): Finding => ({ checked, state: 'gap', message, whatToDo });
export const warning = (checked: Checked, message: string, whatToDo: string): Finding => ({ checked, state: 'warning', message, whatToDo });
export const unknown = (checked: Checked, message: string, whatToDo: string): Finding => ({ checked, state: 'unknown', message, whatToDo });
