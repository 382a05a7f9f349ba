package org.latchkey.pbx.http.internal;

import java.util.Set;
import org.latchkey.door.DoorAnswer;
import org.latchkey.pbx.http.internal.Question.BadQuestionException;

/** Answers one kind of question. */
interface Handler {

  /** The fields that such a question may have. */
  Set<String> fields();

  /** Answers. Whatever it throws never means yes. */
  DoorAnswer answer(Question question) throws BadQuestionException;
}
