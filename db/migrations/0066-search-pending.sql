-- New words wait in a list that every search walks until it is sorted in; a short list keeps searches quick while mail
-- comes in, and it is the follower in the background, not a writer at the desk, who sorts it in.
alter index conversation_search_all set (gin_pending_list_limit = 512);
