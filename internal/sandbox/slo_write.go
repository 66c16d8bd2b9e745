package sandbox

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
)

// sloResponse is the response to a write, a list with one SLO.
func sloResponse(m object) *response { return ok(object{"data": []any{m}, "error": nil}) }

func sloNotFound(id string) *response {
	return errorResponse(http.StatusNotFound, "SLO not found: "+id+" not found")
}

// sloID returns an id of 32 hexadecimal digits.
func sloID(counter uint64) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "slo %d", counter))
	return hex.EncodeToString(sum[:16])
}

func (ac *account) createSLO(r *http.Request) *response {
	sent, rejected := readObject(r)
	if rejected != nil {
		return rejected
	}
	var id string
	a := ac.write(func(t tx) (*response, error) {
		kind := stringField(sent, "type")
		if problem := checkSLO(t, kind, sent); problem != "" {
			return badRequest(problem), nil
		}
		counter, err := t.next(sloBucket)
		if err != nil {
			return nil, err
		}
		id = sloID(counter)
		m := normalizeSLO(kind, sent)
		now := ac.now().Unix()
		m["id"], m["created_at"], m["modified_at"] = id, now, now
		m["creator"] = object{"name": userName, "handle": userHandle, "email": userHandle}
		return ac.storeSLO(t, m)
	})
	return ac.published(r.Context(), sloResource(), id, a)
}

// storeSLO stores an SLO and returns it.
func (ac *account) storeSLO(t tx, m object) (*response, error) {
	shown := without(m)
	shown["tags"] = rotate(m["tags"], ac.rotations.Add(1))
	return sloResponse(shown), t.put(sloBucket, stringField(m, "id"), encode(storedSLO(m)))
}

// updateSLO replaces an SLO. It ignores the type in the request and keeps the stored one.
func (ac *account) updateSLO(r *http.Request) *response {
	id := r.PathValue("id")
	sent, rejected := readObject(r)
	if rejected != nil {
		return rejected
	}
	return ac.published(r.Context(), sloResource(), id, ac.write(func(t tx) (*response, error) {
		old, err := sloResource().countStored(t, id)
		if err != nil {
			return nil, err
		}
		if old == nil {
			return sloNotFound(id), nil
		}
		kind := stringField(old, "type")
		if problem := checkSLO(t, kind, sent); problem != "" {
			return badRequest(problem), nil
		}
		m := normalizeSLO(kind, sent)
		m["id"], m["created_at"], m["creator"] = id, old["created_at"], old["creator"]
		m["modified_at"] = ac.now().Unix()
		return ac.storeSLO(t, m)
	}))
}

func (ac *account) deleteSLO(r *http.Request) *response {
	id := r.PathValue("id")
	problem := ""
	if r.URL.Query().Get("force") != "true" {
		problem = ac.index.sloReferences(id) // before the transaction: publishing locks the index, then the store
	}
	return ac.published(r.Context(), sloResource(), id, ac.write(func(t tx) (*response, error) {
		switch {
		case t.get(sloBucket, id) == nil:
			return sloNotFound(id), nil
		case problem != "":
			return &response{http.StatusConflict, encode(object{"data": nil, "errors": object{id: problem}})}, nil
		}
		return ok(object{"data": []any{id}, "error": nil}), t.remove(sloBucket, id)
	}))
}
