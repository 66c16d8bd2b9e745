package sandbox

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
)

// sloAnswer is the list of one SLO in which a write is answered.
func sloAnswer(m object) *answer { return ok(object{"data": []any{m}, "error": nil}) }

func sloMissing(id string) *answer {
	return refuse(http.StatusNotFound, "SLO not found: "+id+" not found")
}

// sloID makes an id of 32 hexadecimal digits.
func sloID(counter uint64) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "slo %d", counter))
	return hex.EncodeToString(sum[:16])
}

func (ac *account) createSLO(r *http.Request) *answer {
	sent, refused := readObject(r)
	if refused != nil {
		return refused
	}
	var id string
	a := ac.write(func(t tx) (*answer, error) {
		kind := text(sent, "type")
		if refusal := checkSLO(t, kind, sent); refusal != "" {
			return badRequest(refusal), nil
		}
		counter, err := t.next(sloBucket)
		if err != nil {
			return nil, err
		}
		id = sloID(counter)
		m := settleSLO(kind, sent)
		now := ac.now().Unix()
		m["id"], m["created_at"], m["modified_at"] = id, now, now
		m["creator"] = object{"name": userName, "handle": userHandle, "email": userHandle}
		return ac.writtenSLO(t, m)
	})
	return ac.published(r.Context(), sloResource(), id, a)
}

// writtenSLO stores an SLO and answers with it.
func (ac *account) writtenSLO(t tx, m object) (*answer, error) {
	shown := without(m)
	shown["tags"] = turned(m["tags"], ac.answers.Add(1))
	return sloAnswer(shown), t.put(sloBucket, text(m, "id"), encode(readSLO(m)))
}

// updateSLO replaces an SLO, but not its type: the one that is sent is ignored.
func (ac *account) updateSLO(r *http.Request) *answer {
	id := r.PathValue("id")
	sent, refused := readObject(r)
	if refused != nil {
		return refused
	}
	return ac.published(r.Context(), sloResource(), id, ac.write(func(t tx) (*answer, error) {
		old, err := sloResource().stored(t, id)
		if err != nil {
			return nil, err
		}
		if old == nil {
			return sloMissing(id), nil
		}
		kind := text(old, "type")
		if refusal := checkSLO(t, kind, sent); refusal != "" {
			return badRequest(refusal), nil
		}
		m := settleSLO(kind, sent)
		m["id"], m["created_at"], m["creator"] = id, old["created_at"], old["creator"]
		m["modified_at"] = ac.now().Unix()
		return ac.writtenSLO(t, m)
	}))
}

func (ac *account) deleteSLO(r *http.Request) *answer {
	id := r.PathValue("id")
	refusal := ""
	if r.URL.Query().Get("force") != "true" {
		refusal = ac.index.sloReferences(id) // before the transaction: publishing locks the index, then the store
	}
	return ac.published(r.Context(), sloResource(), id, ac.write(func(t tx) (*answer, error) {
		switch {
		case t.get(sloBucket, id) == nil:
			return sloMissing(id), nil
		case refusal != "":
			return &answer{http.StatusConflict, encode(object{"data": nil, "errors": object{id: refusal}})}, nil
		}
		return ok(object{"data": []any{id}, "error": nil}), t.remove(sloBucket, id)
	}))
}
