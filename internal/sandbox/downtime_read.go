package sandbox

import (
	"bytes"
	"cmp"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// downtimeResource describes how downtimes are stored: the attributes with the id. Lists are in the order of creation.
// The entry needs the clock, because the status of a downtime changes over time.
func (ac *account) downtimeResource() resource {
	return resource{bucket: downtimeBucket, noun: "downtime", entry: func(m object) *entry {
		return &entry{
			id: stringField(m, "id"), sortKey: stringField(m, "created"), body: m,
			write: func(buf *bytes.Buffer, rotation uint64) { buf.Write(encode(ac.downtime(m, rotation))) },
		}
	}}
}

// downtime returns a stored downtime as reads show it now. Its two sets are in any order, selected by rotation.
func (ac *account) downtime(m object, rotation uint64) object {
	now := ac.now()
	attributes := without(m, "id")
	for _, key := range []string{"notify_end_types", "notify_end_states"} {
		attributes[key] = rotate(m[key], rotation)
	}
	schedule, _ := m["schedule"].(object)
	if current := currentDowntime(schedule, now); current != nil {
		schedule = without(schedule)
		schedule["current_downtime"] = current
		attributes["schedule"] = schedule
	}
	attributes["status"] = downtimeStatus(attributes, now)
	return object{"type": "downtime", "id": m["id"], "attributes": attributes}
}

var uuidPattern = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// downtimeID returns the id in the request path, or an error response if it is not a UUID.
func downtimeID(r *http.Request) (string, *response) {
	id := r.PathValue("id")
	if !uuidPattern.MatchString(id) {
		return "", badRequest("Invalid URL param: downtime_id must be an uuid")
	}
	return strings.ToLower(id), nil
}

func downtimeNotFound() *response { return errorResponse(http.StatusNotFound, "Downtime not found") }

func (ac *account) getDowntime(r *http.Request) *response {
	id, rejected := downtimeID(r)
	if rejected != nil {
		return rejected
	}
	e := ac.index.find(ac.downtimeResource(), id)
	if e == nil {
		return downtimeNotFound()
	}
	return ok(object{"data": ac.downtime(e.body, ac.rotations.Add(1))})
}

// defaultDowntimes is the default page size of a list of downtimes.
const defaultDowntimes = 30

// listDowntimes lists all downtimes, including canceled and ended ones.
func (ac *account) listDowntimes(r *http.Request) *response {
	q := r.URL.Query()
	limit, limitProblem := intParam(q, "page[limit]", defaultDowntimes)
	offset, offsetProblem := intParam(q, "page[offset]", 0)
	if problem := cmp.Or(limitProblem, offsetProblem); problem != "" {
		return badRequest(problem)
	}
	found := ac.listed(r.Context()).matching(ac.downtimeResource(), func(*entry) bool { return true })
	page := found[min(offset, int64(len(found))):]
	page = page[:min(limit, int64(len(page)))]
	withCreator := q.Get("include") == "created_by"
	rotation := ac.rotations.Add(1)
	buf := bytes.NewBufferString(`{"data":[`)
	for i, e := range page {
		if i > 0 {
			buf.WriteByte(',')
		}
		m := ac.downtime(e.body, rotation)
		if withCreator {
			m["relationships"] = object{"created_by": createdBy()}
		}
		buf.Write(encode(m))
	}
	buf.WriteByte(']')
	if withCreator && len(page) > 0 {
		buf.WriteString(`,"included":`)
		buf.Write(encode([]any{includedUser()}))
	}
	buf.WriteString(`,"meta":{"page":{"total_filtered_count":` + strconv.Itoa(len(found)) + `}}}`)
	return okRaw(buf.Bytes())
}
