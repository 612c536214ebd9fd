/** A refusal of Partner Center, in the shape of its REST errors. */
export class PartnerCenterFailure extends Error {
	constructor(
		readonly status: 400 | 401 | 403 | 404 | 405 | 409,
		readonly code: string,
		description: string,
	) {
		super(description);
	}
}
