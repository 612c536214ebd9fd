/** A domain of a tenant. */
export interface Domain {
	kind: 'domain';
	/** Entra tenant id, a GUID in lower case. */
	tenantId: string;
	/** The domain's name, lower case. */
	name: string;
	/** Federated: passwords live with another identity provider. Null: not told. */
	authenticationType: 'Managed' | 'Federated' | null;
	/** New users get it. */
	isDefault: boolean;
	/** The tenant was created with it: `….onmicrosoft.com`. */
	isInitial: boolean;
	isVerified: boolean;
	/** For example Email, OfficeCommunicationsOnline. */
	supportedServices: string[];
	/** Days until a password ends; null: never. Missing where nobody set it: Microsoft's default holds then. */
	passwordValidityDays?: number | null;
}
