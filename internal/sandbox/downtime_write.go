package sandbox

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// userUUID is the id of the user in version 2 of the API.
const userUUID = "00000000-0000-4000-8000-000001000002"

func createdBy() object { return object{"data": object{"type": "users", "id": userUUID}} }

func includedUser() object {
	return object{"type": "users", "id": userUUID, "attributes": object{
		"uuid": userUUID, "name": userName, "handle": userHandle, "email": userHandle, "title": nil,
		"verified": true, "service_account": false, "disabled": false, "status": "Active",
	}}
}

// newUUID returns an id in the format of UUID version 4, unique for each counter.
func newUUID(counter uint64) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "downtime %d", counter))
	sum[6], sum[8] = sum[6]&0x0f|0x40, sum[8]&0x3f|0x80
	h := hex.EncodeToString(sum[:16])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// readDowntime reads the attributes in a request body.
func readDowntime(r *http.Request) (object, *response) {
	document, rejected := readObject(r)
	if rejected != nil {
		return nil, rejected
	}
	data, _ := document["data"].(object)
	attributes, isObject := data["attributes"].(object)
	if !isObject {
		return nil, badRequest("'attributes' is a required property")
	}
	return attributes, nil
}

func (ac *account) createDowntime(r *http.Request) *response {
	sent, rejected := readDowntime(r)
	if rejected != nil {
		return rejected
	}
	var id string
	a := ac.write(func(t tx) (*response, error) {
		now := ac.now()
		if problem := checkNewDowntime(t, sent, now); problem != "" {
			return badRequest(problem), nil
		}
		counter, err := t.next(downtimeBucket)
		if err != nil {
			return nil, err
		}
		id = newUUID(counter)
		m := normalizeDowntime(object{
			"id": id, "created": timestamp(now), "canceled": nil, "message": nil, "schedule": object{},
			"display_timezone": "UTC", "mute_first_recovery_notification": false,
			"notify_end_types": []any{"expired"}, "notify_end_states": []any{"alert", "no data", "warn"},
		}, sent, now)
		return ac.storeDowntime(t, m)
	})
	return ac.published(r.Context(), ac.downtimeResource(), id, a)
}

// updateDowntime changes the attributes in the request and keeps the others. No recording shows an update of a canceled
// downtime.
func (ac *account) updateDowntime(r *http.Request) *response {
	id, rejected := downtimeID(r)
	if rejected != nil {
		return rejected
	}
	sent, rejected := readDowntime(r)
	if rejected != nil {
		return rejected
	}
	return ac.published(r.Context(), ac.downtimeResource(), id, ac.write(func(t tx) (*response, error) {
		old, err := ac.downtimeResource().countStored(t, id)
		switch {
		case err != nil:
			return nil, err
		case old == nil:
			return downtimeNotFound(), nil
		}
		if problem := checkDowntime(t, sent); problem != "" {
			return badRequest(problem), nil
		}
		return ac.storeDowntime(t, normalizeDowntime(old, sent, ac.now()))
	}))
}

// storeDowntime stores a downtime and returns it with its creator and its monitor.
func (ac *account) storeDowntime(t tx, m object) (*response, error) {
	shown := ac.downtime(m, ac.rotations.Add(1))
	monitor := object{"data": nil}
	included := []any{includedUser()}
	identifier, _ := m["monitor_identifier"].(object)
	if id, isNumber := identifier["monitor_id"].(json.Number); isNumber {
		monitor["data"] = object{"type": "monitor", "id": id.String()}
		if stored, err := decodeObject(t.get(monitorBucket, id.String())); err == nil {
			included = append(included, object{"type": "monitor", "id": id, "attributes": object{"name": stored["name"]}})
		}
	}
	shown["relationships"] = object{"created_by": createdBy(), "monitor": monitor}
	return ok(object{"data": shown, "included": included}), t.put(downtimeBucket, stringField(m, "id"), encode(m))
}

// normalizeDowntime merges the attributes in a request into a stored downtime.
func normalizeDowntime(old, sent object, now time.Time) object {
	m := without(old)
	for key, v := range sent {
		if v != nil || key == "message" {
			m[key] = v
		}
	}
	if zone := stringField(m, "display_timezone"); zone == "" {
		m["display_timezone"] = "UTC"
	}
	_, isSent := sent["schedule"]
	if prior, _ := old["schedule"].(object); isSent || len(prior) == 0 {
		schedule, _ := sent["schedule"].(object)
		m["schedule"] = normalizeSchedule(prior, schedule, now)
	}
	m["modified"] = timestamp(now)
	return m
}

// normalizeSchedule merges the schedule in a request into the stored one. A recurring schedule replaces a one-time
// schedule and the reverse. A null start becomes the time of the request.
func normalizeSchedule(prior, sent object, now time.Time) object {
	if list := objects(sent["recurrences"]); list != nil {
		out := object{"timezone": "UTC", "recurrences": list}
		for _, zone := range []any{prior["timezone"], sent["timezone"]} {
			if zone != nil {
				out["timezone"] = zone
			}
		}
		normalized := make([]any, 0, len(list))
		for _, r := range list {
			r = without(r)
			if r["start"] == nil {
				r["start"] = now.In(zoneOf(out)).Format(localTime)
			}
			normalized = append(normalized, r)
		}
		out["recurrences"] = normalized
		return out
	}
	out := object{"start": nil, "end": nil}
	for _, from := range []object{prior, sent} {
		for _, key := range []string{"start", "end"} {
			if v, written := from[key]; written {
				out[key] = normalizeTime(v)
			}
		}
	}
	if out["start"] == nil {
		out["start"] = timestamp(now)
	}
	return out
}

// cancelDowntime handles a deletion, which only cancels a downtime: gets and lists still return it. No recording shows
// the deletion of a canceled downtime. Here it changes nothing.
func (ac *account) cancelDowntime(r *http.Request) *response {
	id, rejected := downtimeID(r)
	if rejected != nil {
		return rejected
	}
	return ac.published(r.Context(), ac.downtimeResource(), id, ac.write(func(t tx) (*response, error) {
		m, err := ac.downtimeResource().countStored(t, id)
		switch {
		case err != nil:
			return nil, err
		case m == nil:
			return errorResponse(http.StatusNotFound, "Downtime "+id+" not found"), nil
		case m["canceled"] != nil:
			return &response{status: http.StatusNoContent}, nil
		}
		m["canceled"] = timestamp(ac.now())
		return &response{status: http.StatusNoContent}, t.put(downtimeBucket, id, encode(m))
	}))
}
