package replay

import "ddmon/internal/series"

// input is what queries are compiled over.
type input struct {
	rec     *series.Recording
	account *account
	// bucket is the length of a bucket, in milliseconds, of a query without an explicit rollup.
	bucket int64
}

// Query is the query of a monitor, compiled.
type Query struct {
	scalar
	// step is the length of its buckets, in milliseconds, whole that one which begins before the window is left out.
	// Both are for queries of metrics.
	step  int64
	whole bool
	// zero says that the query itself puts 0 where there is no data, events that it looks at logs or the like.
	zero, events bool
	// sample finds the latest log or event of a group before a time; nil for other queries.
	sample func(group tagset, to int64) document
}
