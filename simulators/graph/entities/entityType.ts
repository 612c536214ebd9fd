/** How a property is compared in `$filter`, and what it looks like unset. */
export type PropertyType = 'text' | 'guid' | 'boolean' | 'date' | 'number' | 'texts' | 'objects' | 'object';

/**
 * Where a filter operator works: by default, or only as an advanced query (header `ConsistencyLevel: eventual` and
 * `$count=true`). A missing entry: never. `ne` and `not` follow `eq`, and are always advanced.
 */
export type Support = 'default' | 'advanced';

export interface FilterSupport {
	eq?: Support;
	/** ge and le; gt and lt need an advanced query wherever these work. */
	range?: Support;
	in?: Support;
	startsWith?: Support;
	endsWith?: Support;
	/** No property of the directory knows it. */
	contains?: Support;
	/** Comparison with `null`. */
	null?: Support;
	/** `property/$count eq 0`, for collections. */
	count?: Support;
}

/** What Graph knows about a kind of object: its properties, and what may be asked of them. */
export interface EntityType {
	/** For example `microsoft.graph.user`. */
	name: string;
	properties: Readonly<Record<string, PropertyType>>;
	/** Members of the complex types, by property: `assignedLicenses/any(x:x/skuId eq …)`. */
	members?: Readonly<Record<string, Readonly<Record<string, PropertyType>>>>;
	/** Properties without `$select`; undefined: all of them. */
	defaults?: readonly string[];
	/** Objects of another service than the directory: advanced queries do not exist there, every operator works as it is. */
	outsideDirectory?: true;
	/** Properties that another service keeps: 501 on collections. */
	offStore?: readonly string[];
	filter: Readonly<Record<string, FilterSupport>>;
	orderBy: Readonly<Record<string, Support>>;
	/** Complex properties that are shown with all their members, those that were never set as null. */
	whole?: readonly string[];
	/** Names of further properties that objects of this kind may hold; left out where they were never set. */
	open?: RegExp;
	/** Properties that are left out of an object when they were never set, instead of being null. */
	omittedWhenUnset?: readonly string[];
	/** Navigation properties that `$expand` knows. */
	expand?: readonly string[];
}

/** The value that Graph shows for a property that was never set. Collections of the directory are never null. */
export function unsetValue(type: PropertyType): null | readonly never[] {
	return type === 'texts' || type === 'objects' ? NOTHING : null;
}

const NOTHING: readonly never[] = Object.freeze([]);
