package sandbox

import (
	"net/url"
	"strconv"
)

// maxParameter limits integer parameters, so that calculations with them do not overflow.
const maxParameter = 1 << 53

// intParam returns an integer parameter of the query string, or missing if it is not set. If it is invalid, intParam
// returns the error message.
func intParam(q url.Values, name string, missing int64) (int64, string) {
	if !q.Has(name) {
		return missing, ""
	}
	n, err := strconv.ParseInt(q.Get(name), 10, 64)
	if err != nil || n < 0 {
		return 0, invalidParameter(name)
	}
	return min(n, maxParameter), ""
}
