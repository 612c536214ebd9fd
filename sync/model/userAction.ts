/** What was done to the sign-in of a user, or would be. */
export interface UserAction {
	kind: 'userAction';
	action: 'resetPassword' | 'revokeSessions' | 'enable' | 'disable';
	/** Entra tenant id, a GUID in lower case. */
	tenantId: string;
	/** Entra object id, a GUID in lower case. */
	id: string;
	userPrincipalName: string | null;
	displayName: string | null;
	/** Nothing was changed, only looked at. */
	preview: boolean;
	/** `unchanged`: it was so already. `wouldBeRefused` comes in a preview only; otherwise a refusal is an error. */
	outcome: 'done' | 'unchanged' | 'wouldBeDone' | 'wouldBeRefused';
	/** In a sentence. */
	message: string;
	/** What to do instead, of what would be refused. */
	remedy?: string;
	/** Directory roles that the user holds; absent when they could not be read. */
	adminRoles?: string[];
	/** Where the new password is found in the secret sink. */
	secretReference?: string;
	secretSink?: string;
}
